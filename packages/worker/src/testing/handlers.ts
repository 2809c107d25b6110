import { setTimeout as delay } from 'node:timers/promises';
import type { CountHandler } from './test-backend.ts';

/** A promise, and the function that resolves it. */
export function signpost(): { reached: Promise<void>; reach: () => void } {
  let reach = () => {};
  const reached = new Promise<void>((resolve) => (reach = resolve));
  return { reached, reach };
}

/** A handler that says when it runs, and then waits for its signal. */
export function waitingHandler(): { handler: CountHandler; running: Promise<void> } {
  const { reached, reach } = signpost();
  const handler: CountHandler = (ctx) =>
    ctx.stage('count', async (stage) => {
      await stage.progress(1, 3);
      reach();
      await delay(3_600_000, undefined, { signal: stage.signal });
      return { counted: 3 };
    });
  return { handler, running: reached };
}

/** A handler that says when it runs, and then takes no notice of its signal. What its calls throw later is kept. */
export function deafHandler(): { handler: CountHandler; running: Promise<void>; goOn: () => void; thrown: unknown[] } {
  const begun = signpost();
  const gate = signpost();
  const thrown: unknown[] = [];
  const handler: CountHandler = (ctx) =>
    ctx.stage('count', async (stage) => {
      await stage.token('before ');
      begun.reach();
      await gate.reached;
      await stage.token('after').catch((error: unknown) => thrown.push(error));
      await ctx.log('info', 'after').catch((error: unknown) => thrown.push(error));
      return { counted: 3 };
    });
  return { handler, running: begun.reached, goOn: gate.reach, thrown };
}
