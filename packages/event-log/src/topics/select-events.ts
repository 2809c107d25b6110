import type { TopicEvent, TopicMessage } from '@taskwire/protocol';
import { matcherOf, type TopicFilter } from './topic-filter.ts';
import type { Selected } from '../watching/watcher.ts';

/** After this many events that a filter holds back, the watcher's cursor is moved all the same. */
const SKIPPED_EVENTS = 1_000;

/** Events that a filter is applied to, and the position of the watcher. */
export interface SelectRequest {
  /** In order, without `fromSeq`. */
  events: readonly TopicEvent[];
  filter: TopicFilter;
  /** The seq that the watcher was told last, and the last one that these events reach. */
  deliveredSeq: number;
  seenSeq: number;
}

/** Makes the message of an event whose predecessors, from `fromSeq` on, the filter held back. */
export type WithFromSeq = (event: TopicEvent, fromSeq: number) => TopicEvent;

/** Returns the messages of the events that match a filter. Each names the numbers that the filter left out. */
export function selectEvents(request: SelectRequest, withFromSeq: WithFromSeq): Selected<TopicMessage> {
  const { filter, seenSeq } = request;
  const matches = matcherOf(filter);
  const messages: TopicMessage[] = [];
  let { deliveredSeq } = request;
  for (const message of request.events) {
    if (!matches(message.event)) continue;
    messages.push(message.seq === deliveredSeq + 1 ? message : withFromSeq(message, deliveredSeq + 1));
    deliveredSeq = message.seq;
  }
  if (seenSeq - deliveredSeq >= SKIPPED_EVENTS) {
    messages.push({ type: 'skipped', fromSeq: deliveredSeq + 1, seq: seenSeq });
    deliveredSeq = seenSeq;
  }
  return { messages, deliveredSeq };
}
