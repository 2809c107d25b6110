import { formatCursor, type TaskMessage, type TopicMessage } from '@taskwire/protocol';

/** One event of a Server-Sent Events stream. */
export interface Frame {
  event: string;
  id: string;
  data: string;
}

/** A line break would end a field and begin another one: an injected frame. */
const LINE_BREAK = /\r\n|\r|\n/;

function singleLine(name: string, value: string): string {
  if (LINE_BREAK.test(value) || value.includes('\0')) throw new Error(`the ${name} of a frame must be one line`);
  return `${name}: ${value}\n`;
}

/**
 * The text of a frame (WHATWG HTML, section 9.2.5). Data may hold any text: each of its lines becomes a data line.
 * @throws Error if the event's name or id holds a line break.
 */
export function encodeFrame({ event, id, data }: Frame): string {
  const lines = data.split(LINE_BREAK).map((line) => `data: ${line}\n`);
  return `${singleLine('event', event)}${singleLine('id', id)}${lines.join('')}\n`;
}

/** The text of a comment, which clients ignore. */
export function encodeComment(text: string): string {
  return `${text
    .split(LINE_BREAK)
    .map((line) => `: ${line}\n`)
    .join('')}\n`;
}

/** The field that sets how long (ms) a client waits before it connects again. */
export function encodeRetry(milliseconds: number): string {
  return `retry: ${Math.round(milliseconds)}\n\n`;
}

/** The name under which plain SSE sends a message: its type, but `complete` for `done`, and `timeout` for that error. */
function eventName(message: TaskMessage): string {
  if (message.type === 'done') return 'complete';
  return message.type === 'error' && message.code === 'TIMEOUT' ? 'timeout' : message.type;
}

/** A message of a task as a frame: its seq is the id, its JSON the data. */
export function encodeMessage(message: TaskMessage, json = JSON.stringify(message)): string {
  return encodeAs(eventName(message), message, json);
}

/** A message of a topic as a frame: the topic's seq is the id; an event is called as it is in its task's stream. */
export function encodeTopicMessage(message: TopicMessage, json = JSON.stringify(message)): string {
  return encodeAs(message.type === 'event' ? eventName(message.event) : message.type, message, json);
}

function encodeAs(event: string, { seq }: { seq: number }, data: string): string {
  return encodeFrame({ event, id: formatCursor(seq), data });
}
