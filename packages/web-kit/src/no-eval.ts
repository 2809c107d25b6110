import * as z from 'zod';

// zod tests whether it may compile code. The Content-Security-Policy of the pages forbids that, and the browser would
// report the test as a violation. This module must be imported before any module that makes a schema.
z.config({ jitless: true });
