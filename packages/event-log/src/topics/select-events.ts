import type { TopicEvent, TopicMessage } from '@taskwire/protocol';
import { matcherOf, type TopicFilter } from './topic-filter.ts';
import type { Selected } from '../watching/watcher.ts';

/** Number of events that a filter holds back before a `skipped` message moves the watcher's cursor. */
const SKIPPED_EVENTS = 1_000;

/** The events to filter, and the position of the watcher. */
export interface SelectRequest {
  /** In order, without `fromSeq`. */
  events: readonly TopicEvent[];
  filter: TopicFilter;
  /** Seq of the last message to the watcher, and of the last of these events. */
  deliveredSeq: number;
  seenSeq: number;
}

/** Makes the message of an event after events, from `fromSeq` on, that the filter held back. */
export type WithFromSeq = (event: TopicEvent, fromSeq: number) => TopicEvent;

/** The messages of the events that match a filter. Each names the seqs that the filter left out before it. */
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
