import type { Context, Ports } from '@taskwire/router';
import { filteredBy } from './filter-key.ts';
import type { StreamLimits } from './stream-limits.ts';

/** Holds a place for as long as the stream lasts. */
async function* limited<Message>(
  admit: () => () => void,
  follow: () => AsyncIterable<Message>,
): AsyncGenerator<Message, void, undefined> {
  const giveBack = admit();
  try {
    yield* follow();
  } finally {
    giveBack();
  }
}

/** The same context, whose streams count as those of the gateway do: tRPC's own path must not be a way around its limits. */
export function withStreamLimits(context: Context, limits: StreamLimits): Context {
  const { caller, ports } = context;
  if (caller === undefined) return context;
  const { userId } = caller;
  const events: Ports['events'] = {
    ...ports.events,
    follow: (task, cursor, signal) =>
      limited(
        () => limits.admit(userId),
        () => ports.events.follow(task, cursor, signal),
      ),
    followTopic: (topic, from, signal) =>
      limited(
        () => limits.admit(userId, filteredBy(topic, from.filter)),
        () => ports.events.followTopic(topic, from, signal),
      ),
  };
  return { ...context, ports: { ...ports, events } };
}
