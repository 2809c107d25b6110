import type { Logger } from 'pino';

/** A server that a process cannot work without. */
export interface Dependency {
  name: string;
  /**
   * Tries everything that the process needs of it. A text says what it refuses, in words that follow its name.
   * @throws when it does not answer.
   */
  ping: () => Promise<unknown>;
}

/** Sources of the refusals that are logged. */
export interface RefusalSources {
  dependencies: readonly Dependency[];
  /** Gives a risk in Redis's settings, in words that follow its name; undefined if there is none. */
  redisProbe: { warning(): Promise<string | undefined> };
}

/** Logs the refusals of all dependencies at the start of a process, one line each. One that is away is waited for. */
export async function logRefusals({ dependencies, redisProbe }: RefusalSources, logger: Logger): Promise<void> {
  for (const { name, ping } of dependencies) {
    const answer = await ping().catch(() => undefined);
    if (typeof answer === 'string') logger.error(`${name} ${answer}`);
  }
  const warning = await redisProbe.warning();
  if (warning !== undefined) logger.warn(`redis ${warning}`);
}
