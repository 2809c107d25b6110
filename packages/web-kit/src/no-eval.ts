import * as z from 'zod';

// zod tries whether it may compile code. Pages forbid that by their Content-Security-Policy, and the browser would
// report the try as a violation. To be imported ahead of everything that makes a schema.
z.config({ jitless: true });
