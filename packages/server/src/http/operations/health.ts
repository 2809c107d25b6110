import { within, type Dependency } from '@taskwire/process-kit';
import { TaskwireError } from '@taskwire/protocol';
import { Router } from 'express';
import { errorBody } from '../answers/error-body.ts';

/** Longest time (ms) for a dependency's answer. */
const LONGEST_ANSWER_MS = 1_000;

/** Whether the process serves or is about to stop: serving → draining. */
export interface Lifecycle {
  draining: boolean;
}

/** The error with which the streams of a stopping server end. */
export function restarting(): TaskwireError {
  return new TaskwireError('SERVICE_UNAVAILABLE', 'the server is restarting; come back in a moment');
}

/** The fault of a dependency, in words that follow its name; undefined if it works. */
async function faultOf({ ping }: Dependency): Promise<string | undefined> {
  try {
    const answer = await within(LONGEST_ANSWER_MS, ping(), () => new Error('no answer'));
    return typeof answer === 'string' ? answer : undefined;
  } catch {
    return 'does not answer';
  }
}

/** `GET /healthz`: the process lives. `GET /readyz`: 200 if it can do its work, else 503 with the faults. */
export function health(dependencies: readonly Dependency[], lifecycle: Lifecycle): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ status: 'alive' });
  });
  router.get('/readyz', async (_request, response) => {
    const found = await Promise.all(
      dependencies.map(async (dependency) => ({ name: dependency.name, fault: await faultOf(dependency) })),
    );
    const checks = Object.fromEntries(found.map(({ name, fault }) => [name, fault === undefined ? 'up' : 'down']));
    const faults = found.flatMap(({ name, fault }) => (fault === undefined ? [] : [`${name} ${fault}`]));
    if (lifecycle.draining) faults.push('the server is stopping');
    response.set('Cache-Control', 'no-store');
    if (faults.length === 0) response.json({ status: 'ready', checks });
    else {
      const error = new TaskwireError('SERVICE_UNAVAILABLE', faults.join('; '));
      response.status(error.status).json({ status: 'not ready', checks, ...errorBody(error) });
    }
  });
  return router;
}
