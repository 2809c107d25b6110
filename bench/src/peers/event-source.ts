import { EventEmitter, on } from 'node:events';
import type { SampleEvent } from '../load/sample-event.ts';

const emitter = new EventEmitter<{ event: [SampleEvent] }>();
emitter.setMaxListeners(0);

/** Hands an event to all followers. */
export function emit(event: SampleEvent): void {
  emitter.emit('event', event);
}

/** The events from now on, for one watcher, as the documentation of tRPC and of graphql-sse do it. */
export async function* follow(signal?: AbortSignal): AsyncGenerator<SampleEvent> {
  const events: AsyncIterable<SampleEvent[]> = on(emitter, 'event', signal === undefined ? {} : { signal });
  for await (const [event] of events) {
    if (event !== undefined) yield event;
  }
}
