// All that the scripts take from the environment.

/** PostgreSQL that is there already; absent: one is started. */
export const databaseUrl = process.env['DATABASE_URL'];

/** Redis that is there already; absent: one is started. */
export const redisUrl = process.env['REDIS_URL'];

/** Whether a machine is looking, not a person. */
export const isContinuousIntegration = process.env['CI'] !== undefined && process.env['CI'] !== '';

/** Path of the browser for tests, if it is not at the usual place. */
export const chromiumPath = process.env['CHROMIUM_PATH'];

/** The folders that programs are looked for in. */
export const searchPath = process.env['PATH'] ?? '';

/** The environment of a child program: this one, with these values set or, if undefined, unset. */
export function environmentWith(changes: Record<string, string | undefined>): NodeJS.ProcessEnv {
  return { ...process.env, ...changes };
}

/** Signs tokens in place of the secret that `start` makes. */
export const authSecretOverride = process.env['AUTH_SECRET'];

/** The port to serve on, if there is no `--port`. */
export const wantedPort = process.env['PORT'];
