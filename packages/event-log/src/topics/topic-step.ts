import type { TopicEvent, TopicMessage } from '@taskwire/protocol';
import type { Select, Selected, Step } from '../watching/watcher.ts';
import { selectEvents, type WithFromSeq } from './select-events.ts';
import { matcherOf, type TopicFilter } from './topic-filter.ts';

/**
 * Applies filters to one step of a watcher without a filter. Watchers at the same position whose filters match the same
 * events get the same object.
 */
export function topicSelect(
  { messages, from, seenSeq }: Step<TopicMessage>,
  withFromSeq: WithFromSeq,
): Select<TopicMessage, TopicFilter> {
  const known = new Map<string, Selected<TopicMessage>>();
  const unfiltered: Selected<TopicMessage> = { messages, deliveredSeq: seenSeq };
  const events = eventsIn(messages);
  return (deliveredSeq, filter) => {
    if (filter === undefined || events === undefined)
      return deliveredSeq === from.deliveredSeq ? unfiltered : undefined;
    const key = `${deliveredSeq} ${matchedIn(events, filter)}`;
    const selected = known.get(key) ?? selectEvents({ events, filter, deliveredSeq, seenSeq }, withFromSeq);
    known.set(key, selected);
    return selected;
  };
}

/** The indexes of the matching events, as a text. */
function matchedIn(events: readonly TopicEvent[], filter: TopicFilter): string {
  const matches = matcherOf(filter);
  let places = '';
  for (const [place, { event }] of events.entries()) if (matches(event)) places += `${place},`;
  return places;
}

/** Undefined if there is another message than events: a snapshot has the gap of one cursor. */
function eventsIn(messages: readonly TopicMessage[]): readonly TopicEvent[] | undefined {
  const events = messages.filter((message) => message.type === 'event');
  return events.length === messages.length ? events : undefined;
}
