// The machinery of `taskwire dev`.
export type { AppliedMigrations, DevOptions, DevToken } from './dev/dev-options.ts';
export { runDev } from './dev/run-dev.ts';
