import { describe, expect, it } from 'vitest';
import { encodeDraft } from './event-draft.ts';
import type { TaskEventDraft } from './event.ts';
import { readEntry } from './read-entry.ts';

const address = { taskId: 't', projectId: 'p' };
const progress = { type: 'progress', stage: 's', current: 1, total: 2, percent: 3 } as const;

/** A draft as code writes it that the compiler does not check. */
function untyped(json: string): TaskEventDraft {
  const draft: TaskEventDraft = JSON.parse(json);
  return draft;
}

describe('encodeDraft (MUST 19)', () => {
  it('writes entries that readers can read', () => {
    const drafts: TaskEventDraft[] = [
      { type: 'queued', kind: 'a.b', priority: 1, stages: [{ name: 's', weight: 1 }] },
      progress,
      { type: 'token', stage: 's', text: 'a \u{1f600} \\u0000', offset: 0 },
      { type: 'data', channel: 'preview', value: null },
      { type: 'data', channel: 'notes', keep: 2, index: 7, values: ['a', { b: 1 }] },
      { type: 'done', output: { any: ['thing'] }, durationMs: 1 },
    ];
    for (const draft of drafts) {
      const json = `{"seq":1,"attempt":1,"at":1,${encodeDraft(draft, address).slice(1)}`;
      expect(readEntry(json)).toMatchObject(draft);
    }
  });

  it.each<[string, TaskEventDraft, string]>([
    ['a null for a text', untyped(JSON.stringify({ ...progress, itemName: null })), 'progress.itemName'],
    ['a type that there is not', untyped('{"type":"paused"}'), 'type'],
    ['no type', untyped('{}'), 'type'],
    ['a number that is none', { ...progress, current: Number.NaN }, 'progress.current'],
    ['a number without an end', { ...progress, total: Number.POSITIVE_INFINITY }, 'progress.total'],
    ['a percent beyond 100', { ...progress, percent: 101 }, 'progress.percent'],
    ['half of a surrogate pair', { ...progress, itemName: '\ud83d' }, 'progress.itemName'],
    ['NUL, deep inside', { type: 'done', output: { a: ['\0'] }, durationMs: 1 }, 'done.output.a.0'],
    ['a code that is no code', { type: 'error', code: 'no code', message: 'x' }, 'error.code'],
    ['no output', { type: 'done', output: undefined, durationMs: 1 }, 'done.output'],
    ['an output that JSON leaves out', { type: 'done', output: () => 1, durationMs: 1 }, 'done.output'],
    ['data without a value', untyped('{"type":"data","channel":"a"}'), 'data.value'],
    ['a value of a channel that JSON leaves out', { type: 'data', channel: 'a', value: () => 1 }, 'data.value'],
    ['values without an index', untyped('{"type":"data","channel":"a","keep":1,"values":[1]}'), 'data.index'],
    ['an index below 0', { type: 'data', channel: 'a', keep: 1, index: -1, values: [] }, 'data.index'],
    ['a list that keeps nothing', { type: 'data', channel: 'a', keep: 0, index: 0, values: [] }, 'data.keep'],
    ['a list that keeps too much', { type: 'data', channel: 'a', keep: 1_001, index: 0, values: [] }, 'data.keep'],
    ['a channel that is no ordinary key', { type: 'data', channel: '__proto__', value: 1 }, 'data.channel'],
    ['NUL in a value of a list', { type: 'data', channel: 'a', keep: 1, index: 0, values: ['\0'] }, 'data.values.0'],
    ['a value that JSON cannot hold', { type: 'done', output: 1n, durationMs: 1 }, 'done'],
  ])('refuses %s, naming the field', (_what, draft, field) => {
    expect(() => encodeDraft(draft, address)).toThrow(TypeError);
    expect(() => encodeDraft(draft, address)).toThrow(field);
  });

  it('drops fields that the type does not have', () => {
    const draft = { ...progress, seq: 9, attempt: 9, at: 9, fromSeq: 1, taskId: 'another' };
    expect(JSON.parse(encodeDraft(draft, address))).toEqual({ ...progress, ...address });
  });
});
