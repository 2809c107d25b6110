import type { Gap, TaskMessage, TopicEvent, TopicMessage } from '@taskwire/protocol';

/**
 * JSON of `value()`, serialised once for all messages that share the object `of`: an event with different seqs under
 * filters, a state that stands for different gaps.
 */
export type SharedJson = (of: object, value: () => unknown) => string;

/** A message of a topic. */
export function topicJson(message: TopicMessage, json: SharedJson): string {
  switch (message.type) {
    case 'event':
      return topicEventJson(message, json);
    case 'snapshot':
      return snapshotJson(message, json);
    case 'skipped':
      return JSON.stringify(message);
    default:
      return message satisfies never;
  }
}

/** A message of a task. */
export function taskJson(message: TaskMessage, json: SharedJson): string {
  return message.type === 'snapshot' ? snapshotJson(message, json) : JSON.stringify(message);
}

/** @param value the state as clients get it; if absent, the state of the snapshot. */
export function snapshotJson(
  { type, seq, state, gap }: { type: 'snapshot'; seq: number; state: object; gap?: Gap },
  json: SharedJson,
  value: () => unknown = () => state,
): string {
  const beginning = withMember(JSON.stringify({ type, seq }), 'state', json(state, value));
  return gap === undefined ? beginning : withMember(beginning, 'gap', JSON.stringify(gap));
}

function topicEventJson({ type, seq, fromSeq, event }: TopicEvent, json: SharedJson): string {
  const numbers = fromSeq === undefined ? { type, seq } : { type, seq, fromSeq };
  return withMember(
    JSON.stringify(numbers),
    'event',
    json(event, () => event),
  );
}

/** Adds a member to the JSON of an object that is not empty. */
function withMember(object: string, name: string, value: string): string {
  return `${object.slice(0, -1)},"${name}":${value}}`;
}
