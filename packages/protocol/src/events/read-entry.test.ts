import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { advance } from '../state/advance.ts';
import { compact } from './compact.ts';
import { taskEventSchema } from './event.ts';
import { terminalTypeOf } from './terminal-event.ts';
import { isTerminalMessage } from '../messages/snapshot.ts';
import { initialTaskState } from '../state/state.ts';
import { summarize } from '../messages/topic.ts';
import { readEntry, readParsedEntry, storedEntry } from './read-entry.ts';

const head = '{"seq":7,"attempt":2,"at":1700000000000,';
const body = '"taskId":"t","projectId":"p"';
const initial = { ...initialTaskState({ taskId: 't', projectId: 'p', kind: 'a.b' }), status: 'running' as const };

describe('readEntry (MUST 19)', () => {
  it.each([
    ['a type of a later version', `${head}${body},"type":"paused","until":9}`, { originalType: 'paused' }],
    ['a missing field', `${head}${body},"type":"started"}`, { originalType: 'started' }],
    [
      'a field of another type',
      `${head}${body},"type":"progress","stage":"read","current":1,"total":2,"percent":3,"itemName":null}`,
      { originalType: 'progress', stage: 'read' },
    ],
    ['data without a value', `${head}${body},"type":"data","channel":"preview"}`, { originalType: 'data' }],
    [
      'a part of a list',
      `${head}${body},"type":"data","channel":"notes","index":0,"values":[],"value":1}`,
      { originalType: 'data' },
    ],
    ['a type that is no text', `${head}${body},"type":{"name":"done"}}`, {}],
    ['no type', `${head}${body}}`, {}],
  ])('reads %s as unreadable, with the parts that are readable', (_what, json, parts) => {
    expect(readEntry(json)).toEqual({
      ...{ taskId: 't', projectId: 'p', seq: 7, attempt: 2, at: 1_700_000_000_000, type: 'unreadable' },
      ...parts,
    });
  });

  it('reads the values of channels', () => {
    const latest = { type: 'data', channel: 'preview', value: { width: 1 } };
    const list = { type: 'data', channel: 'notes', keep: 2, index: 5, values: ['a'] };
    for (const event of [latest, list]) {
      expect(readEntry(`${head}${body},${JSON.stringify(event).slice(1)}`)).toMatchObject(event);
    }
  });

  it('recovers the seq of an entry that was cut off', () => {
    const place = { taskId: 't', projectId: 'p' };
    expect(readEntry(`${head}"taskId":"t","typ`, place)).toEqual({
      ...{ ...place, seq: 7, attempt: 2, at: 1_700_000_000_000, type: 'unreadable' },
    });
  });

  it('reads any text without throwing, with the seq of its place', () => {
    const texts = fc.oneof(
      fc.string(),
      fc.json(),
      fc.string().map((text) => head + text),
    );
    fc.assert(
      fc.property(texts, (json) => {
        const event = readEntry(json, { taskId: 't', projectId: 'p', seq: 3 });
        expect(event).toMatchObject({ taskId: 't', seq: 3 });
        expect(taskEventSchema.safeParse(event).success).toBe(true);
      }),
    );
  });

  it('treats an entry with the seq or task of another one as unreadable', () => {
    const json = `${head}${body},"type":"started","workerId":"w"}`;
    expect(readEntry(json, { taskId: 't', seq: 7 }).type).toBe('started');
    expect(readEntry(json, { taskId: 't', seq: 8 })).toMatchObject({ type: 'unreadable', seq: 8 });
    expect(readEntry(json, { taskId: 'u', seq: 7 })).toMatchObject({ type: 'unreadable', taskId: 'u' });
  });

  it('keeps the stored text for an archive, and out of JSON', () => {
    const json = `${head}${body},"type":"paused"}`;
    const event = readEntry(json);
    if (event.type !== 'unreadable') throw new Error('it was read');
    expect(storedEntry(event)).toBe(json);
    expect(JSON.stringify(event)).not.toContain('stored');
  });
});

describe('an unreadable event', () => {
  const unreadable = (type?: string) =>
    readParsedEntry({ taskId: 't', projectId: 'p', seq: 7, attempt: 9, at: 5, type });

  it('leaves the state unchanged, and advances the seq', () => {
    expect(advance({ seq: 6, state: initial }, unreadable('paused'))).toEqual({ seq: 7, state: initial });
    expect(() => advance({ seq: 5, state: initial }, unreadable('paused'))).toThrow('expected event 6');
  });

  it.each(['done', 'error', 'canceled'] as const)('ends the task if it names the type %s (MUST 19)', (type) => {
    const event = unreadable(type);
    expect(terminalTypeOf(event)).toBe(type);
    expect(isTerminalMessage(event)).toBe(true);
    expect(advance({ seq: 6, state: initial }, event).state).toMatchObject({ status: type, endedAt: 5 });
    expect(summarize(undefined, event)).toBeUndefined();
  });

  it('sets the output of a done task if the output is readable', () => {
    const event = readParsedEntry({ ...unreadable(), type: 'done', output: { counted: 3 }, durationMs: 'long' });
    expect(event).toMatchObject({ originalType: 'done', output: { counted: 3 } });
    expect(advance({ seq: 6, state: initial }, event).state.output).toEqual({ counted: 3 });
  });

  it('sets END_UNREADABLE as the failure of a failed task', () => {
    expect(advance({ seq: 6, state: initial }, unreadable('error')).state.error?.code).toBe('END_UNREADABLE');
  });

  it('is never merged, and keeps the range of a merged event', () => {
    const token = { taskId: 't', projectId: 'p', attempt: 9, at: 5, type: 'token', stage: 's', text: 'x' } as const;
    const events = [{ ...token, seq: 6, offset: 0 }, unreadable('token'), { ...token, seq: 8, offset: 1 }];
    expect(compact(events)).toEqual(events);
    expect(readParsedEntry({ seq: 9, fromSeq: 4, type: 'token' })).toMatchObject({ seq: 9, fromSeq: 4 });
  });
});
