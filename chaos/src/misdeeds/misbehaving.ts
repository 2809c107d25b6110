import { commitDeed } from './commit-deed.ts';
import { deedOf } from './deed-names.ts';
import type { ActingStage } from './hostile-acts.ts';

interface ActingContext {
  attempt: number;
  stage(name: string, run: (stage: ActingStage) => Promise<unknown>): Promise<unknown>;
}

interface CountInput {
  to: number;
  failures?: { at: number; times: number };
}

type CountHandler = (context: ActingContext, input: CountInput, ...rest: unknown[]) => Promise<unknown>;

/** The handler of `demo.count`, except that it commits the deed that its input names on the first attempts. */
export function misbehaving(handler: CountHandler): CountHandler {
  return async (context, input, ...rest) => {
    const { to, failures } = input;
    const deed = failures === undefined || context.attempt > failures.times ? undefined : deedOf(failures.at);
    if (deed === undefined) return handler(context, input, ...rest);
    const name = deed === 'unknown-stage' ? 'no such stage' : 'count';
    return context.stage(name, async (stage) => {
      await stage.progress(0, to);
      return commitDeed(deed, stage, to);
    });
  };
}
