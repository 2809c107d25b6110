import { describe, expect, test } from 'vitest';
import { differences } from './differences.ts';
import type { Answer } from '../reading/raw-stream.ts';
import { PING } from '../reading/stream-text.ts';

const event = (seq: number, payload: object) =>
  `data: ${JSON.stringify({ taskId: 'task', projectId: 'project', seq, attempt: 1, at: 1, ...payload })}\nid: ${seq}\n\n\n`;
const token = (seq: number, text: string, range: object = {}) =>
  event(seq, { type: 'token', stage: 'count', text, offset: 0, ...range });
const log = (seq: number, message: string) => event(seq, { type: 'log', level: 'info', message });

const CONNECTED = 'event: connected\ndata: {}\n\n\n';
const END = 'event: return\ndata: \n\n\n';
const RETRY = 'retry: 2000\n\n';

const answer = (text: string, changes: Partial<Answer> = {}): Answer => ({
  status: 200,
  headers: { 'content-type': 'text/event-stream', vary: 'accept' },
  text,
  ...changes,
});

const body = CONNECTED + log(1, 'one') + log(2, 'two') + END;
const trpc = answer(body);

describe('two answers are alike', () => {
  test('if only the gateway’s has a retry time', () => {
    expect(differences(trpc, answer(RETRY + body))).toEqual([]);
    expect(differences(trpc, answer(body))).toHaveLength(1);
    expect(differences(trpc, answer(RETRY + RETRY + body))).toHaveLength(1);
    expect(differences(trpc, answer(`retry: 1\n\n${body}`))).toHaveLength(1);
    expect(differences(trpc, trpc, { leftToTrpc: true })).toEqual([]);
    expect(differences(trpc, answer(RETRY + body), { leftToTrpc: true })).toHaveLength(1);
  });

  test('with any pings between their frames', () => {
    const pinged = answer(`${RETRY}${CONNECTED}${PING}${log(1, 'one')}${PING}${PING}${log(2, 'two')}${END}`);
    expect(differences(trpc, pinged)).toEqual([]);
  });
});

describe('a planted difference is found', () => {
  test.each([
    ['a status', answer(RETRY + body, { status: 201 })],
    ['a header that is another', answer(RETRY + body, { headers: { ...trpc.headers, vary: 'origin' } })],
    ['a header that is missing', answer(RETRY + body, { headers: { vary: 'accept' } })],
    ['a header more', answer(RETRY + body, { headers: { ...trpc.headers, 'x-more': '1' } })],
    ['an event that is missing', answer(RETRY + CONNECTED + log(1, 'one') + END)],
    ['an event that comes twice', answer(RETRY + CONNECTED + log(1, 'one') + log(1, 'one') + log(2, 'two') + END)],
    ['another order', answer(RETRY + CONNECTED + log(2, 'two') + log(1, 'one') + END)],
    ['an end that is missing', answer(RETRY + CONNECTED + log(1, 'one') + log(2, 'two'))],
    ['one line break less', answer(RETRY + body.replace('\n\n\n', '\n\n'))],
    ['one space more', answer(RETRY + body.replace('data: \n', 'data:  \n'))],
    ['a ping that is written otherwise', answer(`${RETRY}event: ping\ndata:\n\n${body}`)],
    ['a comment', answer(`${RETRY}: hello\n\n${body}`)],
  ])('%s', (_what, gateway) => {
    expect(differences(trpc, gateway)).toHaveLength(1);
  });
});

describe('where tokens may be merged', () => {
  const apart = answer(CONNECTED + token(1, 'a') + token(2, 'b', { offset: 1 }) + log(3, 'x') + END);
  const merging = { merging: true };

  test('merged tokens are alike to single ones', () => {
    const merged = answer(RETRY + CONNECTED + token(2, 'ab', { fromSeq: 1 }) + log(3, 'x') + END);
    expect(differences(apart, merged, merging)).toEqual([]);
    expect(differences(apart, merged)).toHaveLength(1);
  });

  test.each([
    ['text', token(2, 'aB', { fromSeq: 1 })],
    ['a range', token(2, 'ab', { fromSeq: 0 })],
    ['a missing range', token(2, 'ab')],
    ['an event of which only a half is there', token(2, 'b', { offset: 1 })],
  ])('%s that differs is found', (_what, frame) => {
    expect(differences(apart, answer(RETRY + CONNECTED + frame + log(3, 'x') + END), merging)).not.toEqual([]);
  });

  test('an id that is not the event’s own is found', () => {
    const wrong = (RETRY + body).replace('id: 2', 'id: 3');
    expect(() => differences(trpc, answer(wrong), merging)).toThrow(/3 is the id of/);
  });
});
