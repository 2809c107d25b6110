// Starts the parsing thread when the worker runs from its sources: the TypeScript loader does not reach into threads
// by itself.
import { register } from 'tsx/esm/api';

register();
await import('./src/document-thread.ts');
