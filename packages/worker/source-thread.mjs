// Starts a thread when the worker runs from its sources, where the TypeScript loader does not reach into threads by itself.
import { register } from 'tsx/esm/api';

register();
await import('./src/threads/thread-program.ts');
