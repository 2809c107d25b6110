import { TaskwireError } from '@taskwire/protocol';
import type { CallContext, Caller, Ports } from '@taskwire/router';
import { callAt } from './call-at.ts';
import { filteredBy } from './filter-limits.ts';
import type { StreamLimits } from './stream-limits.ts';

/** A stream of tRPC's own adapter. */
interface LimitedStream<Message> {
  caller: Caller;
  signal: AbortSignal;
  admit: () => () => void;
  follow: (signal: AbortSignal) => AsyncIterable<Message>;
}

/**
 * Holds a place while the stream lasts, and ends the stream when its token expires.
 * @throws TaskwireError SERVICE_UNAVAILABLE when the token expires: after a plain end, tRPC's client would not come back.
 */
async function* limited<Message>(stream: LimitedStream<Message>): AsyncGenerator<Message, void, undefined> {
  const { caller, signal, admit, follow } = stream;
  const giveBack = admit();
  const expiry = new AbortController();
  const callOff = callAt(caller.expiresAt ?? Infinity, () => expiry.abort());
  try {
    yield* follow(AbortSignal.any([signal, expiry.signal]));
  } finally {
    callOff();
    giveBack();
  }
  if (expiry.signal.aborted && !signal.aborted) {
    throw new TaskwireError('SERVICE_UNAVAILABLE', 'the token of this stream has expired; come back with a fresh one');
  }
}

/** The same context; its streams count within the gateway's limits. */
export function withStreamLimits(context: CallContext, limits: Pick<StreamLimits, 'admit'>): CallContext {
  const { caller, ports } = context;
  if (caller === undefined) return context;
  const { userId } = caller;
  const events: Ports['events'] = {
    ...ports.events,
    follow: (task, cursor, signal) =>
      limited({
        caller,
        signal,
        admit: () => limits.admit(userId),
        follow: (ending) => ports.events.follow(task, cursor, ending),
      }),
    followTopic: (topic, from, signal) =>
      limited({
        caller,
        signal,
        admit: () => limits.admit(userId, filteredBy(topic, from.filter)),
        follow: (ending) => ports.events.followTopic(topic, from, ending),
      }),
  };
  return { ...context, ports: { ...ports, events } };
}
