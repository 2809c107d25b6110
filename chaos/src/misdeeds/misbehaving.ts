import type { TaskHandler } from '@taskwire/worker';
import * as z from 'zod';
import { commitDeed } from './commit-deed.ts';
import { deedOf } from './deed-names.ts';

/** The part of an input of `demo.count` that names a deed. */
const inputSchema = z.object({
  to: z.int(),
  failures: z.exactOptional(z.object({ at: z.int(), times: z.int() })),
});

/** A handler of `demo.count` that commits the deed that its input names on the first attempts. It runs without types. */
export function misbehaving<Handler extends TaskHandler>(handler: Handler): Handler {
  const run: TaskHandler['run'] = async (context, input) => {
    const { to, failures } = inputSchema.parse(input);
    const deed = failures === undefined || context.attempt > failures.times ? undefined : deedOf(failures.at);
    if (deed === undefined) return handler.run(context, input);
    const name = deed === 'unknown-stage' ? 'no such stage' : 'count';
    return context.stage(name, async (stage) => {
      await stage.progress(0, to);
      return commitDeed(deed, stage, to);
    });
  };
  return { ...handler, run };
}
