import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { expect, test } from 'vitest';
import { encodeComment, encodeFrame, encodeMessage, encodeRetry } from './frame.ts';

/** The messages that a client reads from the text. */
function parse(text: string): EventSourceMessage[] {
  const events: EventSourceMessage[] = [];
  createParser({ onEvent: (event) => events.push(event) }).feed(text);
  return events;
}

const base = { taskId: 't', projectId: 'p', seq: 7, attempt: 1, at: 0 };

test('a frame has its name, its id and its data', () => {
  expect(encodeFrame({ event: 'log', id: '7', data: '{}' })).toBe('event: log\nid: 7\ndata: {}\n\n');
});

test('data with any line break stays one event', () => {
  const data = 'a\nb\r\nc\rd\n\nid: 99\nevent: forged';
  expect(parse(encodeFrame({ event: 'log', id: '7', data }))).toEqual([
    { event: 'log', id: '7', data: 'a\nb\nc\nd\n\nid: 99\nevent: forged' },
  ]);
});

test.each(['1\n2', '1\r2', '1\u00002'])('an id or a name that would inject a field is refused: %j', (bad) => {
  expect(() => encodeFrame({ event: 'log', id: bad, data: '' })).toThrow('id');
  expect(() => encodeFrame({ event: bad, id: '1', data: '' })).toThrow('event');
});

test('a comment is no event, also with line breaks', () => {
  expect(parse(encodeComment('x\ndata: forged\n\ndata: forged\n\n') + encodeRetry(12.4))).toEqual([]);
  expect(encodeRetry(12.4)).toBe('retry: 12\n\n');
});

test('a message carries its seq as id, its type as name, itself as data', () => {
  const message = { ...base, type: 'log', level: 'info', message: 'two\nlines \u2028' } as const;
  const [event] = parse(encodeMessage(message));
  expect(event).toMatchObject({ event: 'log', id: '7' });
  expect(JSON.parse(event?.data ?? '')).toEqual(message);
});

test('done is called complete', () => {
  const [event] = parse(encodeMessage({ ...base, type: 'done', output: {}, durationMs: 1 }));
  expect(event?.event).toBe('complete');
});

test('an error is called timeout if the time was up', () => {
  const names = ['TIMEOUT', 'HANDLER_FAILED'].map((code) => {
    const [event] = parse(encodeMessage({ ...base, type: 'error', code, message: 'x' }));
    return event?.event;
  });
  expect(names).toEqual(['timeout', 'error']);
});
