import { TaskwireError } from '@taskwire/protocol';
import { Router } from 'express';
import { within } from '../within.ts';
import { errorBody } from './error-body.ts';
import type { Lifecycle } from './lifecycle.ts';

/** How long (ms) a dependency may take to answer. */
const LONGEST_ANSWER_MS = 1_000;

/** Something that the api cannot work without. `ping` throws when it does not answer. */
export interface Dependency {
  name: string;
  ping: () => Promise<unknown>;
}

async function isUp({ ping }: Dependency): Promise<boolean> {
  try {
    await within(LONGEST_ANSWER_MS, ping(), () => new Error('no answer'));
    return true;
  } catch {
    return false;
  }
}

/** `GET /healthz`: the process lives. `GET /readyz`: it can do its work; else 503, saying what is in the way. */
export function health(dependencies: readonly Dependency[], lifecycle: Lifecycle): Router {
  const router = Router();
  router.get('/healthz', (_request, response) => {
    response.set('Cache-Control', 'no-store').json({ status: 'alive' });
  });
  router.get('/readyz', async (_request, response) => {
    const up = await Promise.all(dependencies.map(isUp));
    const checks = Object.fromEntries(
      dependencies.map(({ name }, index) => [name, up[index] === true ? 'up' : 'down']),
    );
    const faults = dependencies
      .filter((_each, index) => up[index] !== true)
      .map(({ name }) => `${name} does not answer`);
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
