import type { AppRouter } from '@taskwire/router';
import type { standardTasks } from '../definitions/standard-tasks.ts';
import type { documentProcedures } from './procedures/document-procedures.ts';

/** The router of a server with the standard tasks and no others. */
export type StandardRouter = AppRouter<typeof standardTasks, ReturnType<typeof documentProcedures>>;
