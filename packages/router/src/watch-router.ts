import type { Context } from './context.ts';
import { authorizeOnProgress as authorizeOnProjectProgress } from './procedures/project/on-progress.ts';
import { authorizeOnAny } from './procedures/task/on-any.ts';
import { authorizeOnProgress } from './procedures/task/on-progress.ts';
import { router } from './trpc.ts';
import type { Watch } from './use-cases/watching/resolve-watch.ts';

/** For each subscription, the procedure that authorizes its watch and follows nothing. */
const watchRouter = router({
  onProgress: authorizeOnProgress,
  onProjectProgress: authorizeOnProjectProgress,
  onAny: authorizeOnAny,
});

type WatchCaller = ReturnType<typeof watchRouter.createCaller>;

const AUTHORIZERS = new Map<string, (caller: WatchCaller, input: unknown) => Promise<Watch>>([
  ['task.onProgress', (caller, input) => caller.onProgress(input)],
  ['project.onProgress', (caller, input) => caller.onProjectProgress(input)],
  ['task.onAny', (caller, input) => caller.onAny(input)],
]);

/** Paths of the subscriptions. */
export const SUBSCRIPTIONS: readonly string[] = [...AUTHORIZERS.keys()];

/** A call of a subscription, as a transport has read it. */
export interface SubscriptionCall {
  path: string;
  input: unknown;
}

/**
 * Authorizes the call of a subscription for a transport that follows logs itself. Middleware, input schema and use case
 * are those of the subscription, so its errors are, too.
 * @throws TRPCError as the subscription does, before `toStreamError`.
 */
export async function authorizeSubscription(context: Context, { path, input }: SubscriptionCall): Promise<Watch> {
  const authorize = AUTHORIZERS.get(path);
  if (authorize === undefined) throw new Error(`${path} is no subscription`);
  return authorize(watchRouter.createCaller(context), input);
}
