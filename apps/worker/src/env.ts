import { z } from 'zod';

const wholeNumber = (from: number, to: number) => z.coerce.number().int().min(from).max(to);

/** Every variable, with what to do if it is missing or wrong. Values are never shown: some hold passwords. */
const REMEDIES = {
  DATABASE_URL: 'set it to the address of PostgreSQL: postgresql://user:password@host:5432/database',
  REDIS_URL: 'set it to the address of Redis: redis://host:6379',
  UPLOAD_DIRECTORY: 'set it to the folder in which the api keeps uploads',
  WORKER_CONCURRENCY: 'set it to how many tasks to run at once, 1 to 100, or leave it out for 2',
  WORKER_GRACE_MS: 'set it to how long (ms) running tasks may finish when the worker stops, or leave it out for 10000',
  LOG_LEVEL: 'set it to one of fatal, error, warn, info, debug, trace, silent, or leave it out for info',
} as const;

const environmentSchema = z.object({
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
  REDIS_URL: z.url({ protocol: /^rediss?$/ }),
  UPLOAD_DIRECTORY: z.string().min(1),
  WORKER_CONCURRENCY: wholeNumber(1, 100).default(2),
  WORKER_GRACE_MS: wholeNumber(0, 3_600_000).default(10_000),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

/** How the worker is set up. */
export interface Environment {
  databaseUrl: string;
  redisUrl: string;
  uploadDirectory: string;
  /** How many tasks run at once. */
  concurrency: number;
  /** How long (ms) running tasks may finish when the worker stops. */
  graceMs: number;
  logLevel: z.infer<typeof environmentSchema>['LOG_LEVEL'];
}

/** A variable that is missing or wrong, named with its remedy in one line. */
export class EnvironmentError extends Error {
  override readonly name = 'EnvironmentError';
}

/**
 * Reads the worker's settings. A variable that is empty counts as left out.
 * @throws EnvironmentError for the first variable that is missing or wrong.
 */
export function readEnvironment(variables: NodeJS.ProcessEnv = process.env): Environment {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = environmentSchema.safeParse(given);
  if (!parsed.success) throw refusal(parsed.error, given);
  const values = parsed.data;
  return {
    databaseUrl: values.DATABASE_URL,
    redisUrl: values.REDIS_URL,
    uploadDirectory: values.UPLOAD_DIRECTORY,
    concurrency: values.WORKER_CONCURRENCY,
    graceMs: values.WORKER_GRACE_MS,
    logLevel: values.LOG_LEVEL,
  };
}

function refusal(error: z.ZodError, given: Record<string, unknown>): EnvironmentError {
  const variable = environmentSchema.keyof().parse(error.issues[0]?.path[0]);
  const fault = given[variable] === undefined ? 'is missing' : 'is not valid';
  return new EnvironmentError(`${variable} ${fault}: ${REMEDIES[variable]}`);
}
