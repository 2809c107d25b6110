import type { Context, Ports } from '@taskwire/router';
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
  const admit = () => limits.admit(caller.userId);
  const events: Ports['events'] = {
    ...ports.events,
    follow: (task, cursor, signal) => limited(admit, () => ports.events.follow(task, cursor, signal)),
    followTopic: (topic, from, signal) => limited(admit, () => ports.events.followTopic(topic, from, signal)),
  };
  return { ...context, ports: { ...ports, events } };
}
