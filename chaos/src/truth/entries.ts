/** The events of a topic's batch, each with its number in the topic, as JSON. @param lines one event each. */
function numbered(first: number, lines: readonly string[]): string[] {
  return lines.map((line, place) => `{"type":"event","seq":${first + place},"event":${line}}`);
}

/** The signature that the first event of a message begins with; the log has it without. */
const SIGNATURE = /^\{"mac":"[0-9a-f]*",/;

function unsigned([first = '', ...rest]: readonly string[]): string[] {
  return [first.replace(SIGNATURE, '{'), ...rest];
}

/** Events of a message on a topic's channel: the first one's number in a line of its own, then the events. */
export function publishedToTopic(message: string): string[] {
  const [first, ...lines] = message.split('\n');
  return numbered(Number(first), unsigned(lines));
}

/** Events of a message on a task's channel: one a line. */
export function publishedToTask(message: string): string[] {
  return unsigned(message.split('\n'));
}

/** The events of a stream's entry, given its fields: a task's log has one, a topic's has a batch. */
export function heldInEntry(fields: readonly string[]): string[] {
  const values = new Map<string, string>();
  for (let place = 0; place + 1 < fields.length; place += 2) {
    values.set(fields[place] ?? '', fields[place + 1] ?? '');
  }
  const event = values.get('event');
  if (event !== undefined) return [event];
  const events = values.get('events');
  return events === undefined ? [] : numbered(Number(values.get('first')), events.split('\n'));
}
