import { bearer, createTaskwireServer } from '@taskwire/server';
import { tasks } from './tasks/index.ts';

// `authenticate` may be any function that answers `{ userId }` for a request: your session, your cookie.
const taskwire = createTaskwireServer({ tasks, authenticate: bearer() });

export type AppRouter = typeof taskwire.router;

await taskwire.listen();
