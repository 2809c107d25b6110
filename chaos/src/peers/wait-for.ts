import { until } from '../until.ts';

/** Long enough (ms) for anything that is still alive on a busy machine. */
const LIMIT_MS = 60_000;
const LOOK_EVERY_MS = 20;

/** Waits for a condition without which a round makes no sense. @throws Error that names it after a minute. */
export async function waitFor(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  if (!(await until(condition, LIMIT_MS, LOOK_EVERY_MS))) throw new Error(`waited in vain until ${what}`);
}
