import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { defineTask } from './define-task.ts';
import { latest } from './definition/channel.ts';
import { messageOfKind, taskRequestSchema, typedMessage, typedState, uploadsOf } from './index.ts';

const definition = {
  summary: 'A test',
  input: z.object({}),
  output: z.object({}),
  stages: [{ name: 'one', weight: 1 }],
};

describe('defineTask', () => {
  it('refuses a kind that is not lower-case words joined by dots', () => {
    for (const kind of ['Document.Ingest', 'document', 'document ingest', '.x', 'a..b']) {
      expect(() => defineTask({ ...definition, kind })).toThrow('must be lower-case words joined by dots');
    }
  });

  it('refuses stages that are missing or share a name', () => {
    expect(() => defineTask({ ...definition, kind: 'a.b', stages: [] })).toThrow('at least one stage');
    const twice = [
      { name: 'one', weight: 1 },
      { name: 'one', weight: 2 },
    ];
    expect(() => defineTask({ ...definition, kind: 'a.b', stages: twice })).toThrow('a name of its own');
  });
});

it('refuses more than 20 channels, which every state would hold', () => {
  const channels = Object.fromEntries(Array.from({ length: 21 }, (_, index) => [`c${index}`, latest(z.string())]));
  const rest = { kind: 'a.b', input: z.object({}), output: z.object({}), stages: [{ name: 'a', weight: 1 }] };
  expect(() => defineTask({ ...rest, channels })).toThrow('task kind "a.b" has 21 channels: 20 at most');
});

describe('a stage that no event could describe', () => {
  it.each([
    { name: '', weight: 1 },
    { name: 'one', weight: 0 },
    { name: 'one', weight: -1 },
    { name: 'one', weight: Number.NaN },
  ])('is refused when it is defined: %o', (stage) => {
    expect(() => defineTask({ ...definition, kind: 'a.b', stages: [stage] })).toThrow('a weight above 0');
  });
});

describe('a time limit', () => {
  it('is six hours unless the kind says otherwise', () => {
    expect(defineTask({ ...definition, kind: 'a.b' }).timeoutMs).toBe(21_600_000);
    expect(defineTask({ ...definition, kind: 'a.b', timeoutMs: 5 }).timeoutMs).toBe(5);
  });

  it('may be given by a request: a second at least, a week at most, in whole milliseconds', () => {
    const parse = (timeoutMs: number) => taskRequestSchema.safeParse({ kind: 'demo.count', input: {}, timeoutMs });
    for (const taken of [1_000, 604_800_000]) expect(parse(taken).data).toMatchObject({ timeoutMs: taken });
    for (const refused of [999, 604_800_001, 1_000.5]) {
      expect(parse(refused).error?.issues[0]?.path).toEqual(['timeoutMs']);
    }
  });
});

describe('a request', () => {
  it('is refused for an unknown kind, naming it', () => {
    const result = taskRequestSchema.safeParse({ kind: 'no.such', input: {} });
    expect(result.error?.issues[0]?.path).toEqual(['kind']);
  });

  it('is refused for an input that does not fit, naming the field', () => {
    const result = taskRequestSchema.safeParse({ kind: 'document.ingest', input: { uploadId: 'not-a-uuid' } });
    expect(result.error?.issues[0]?.path).toEqual(['input', 'uploadId']);
  });

  it('has its defaults filled in', () => {
    const uploadId = '7f6f7d8e-3e5a-4b0c-9d1e-2f3a4b5c6d7e';
    const request = taskRequestSchema.parse({ kind: 'document.ingest', input: { uploadId } });
    expect(request.input).toEqual({ uploadId, chunkSize: 1_200 });
    expect(uploadsOf(request)).toMatchObject([{ path: 'input.uploadId', uploadId }]);
  });
});

describe('typed messages', () => {
  const state = {
    taskId: 't',
    projectId: 'p',
    kind: 'demo.count',
    status: 'done' as const,
    attempt: 1,
    priority: 5,
    percent: 100,
    stages: [],
    logs: [],
  };
  const done = { type: 'done' as const, taskId: 't', projectId: 'p', seq: 3, attempt: 1, at: 1, durationMs: 1 };

  it('check the output against the schema of the kind', () => {
    expect(typedState({ ...state, output: { counted: 3 } })).toMatchObject({ output: { counted: 3 } });
    const unfit = typedState({ ...state, output: { counted: 'three' } });
    expect(unfit).toMatchObject({ kind: 'demo.count', unreadableOutput: { counted: 'three' } });
    expect(unfit).not.toHaveProperty('output');
    expect(typedState(unfit)).toEqual(unfit);
    expect(typedMessage('demo.count', { ...done, output: {} })).toEqual({
      ...{ taskId: 't', projectId: 'p', seq: 3, attempt: 1, at: 1 },
      ...{ type: 'unreadable', originalType: 'done', output: {} },
    });
  });

  it('keep the stored output of an unknown kind', () => {
    expect(typedState({ ...state, kind: 'no.such', output: 7 })).toMatchObject({ kindKnown: false, output: 7 });
    expect(typedMessage('no.such', { ...done, output: 7 })).toMatchObject({ type: 'unreadable', output: 7 });
  });

  it('refuse a task of another kind than the watched one', () => {
    const snapshot = { type: 'snapshot' as const, seq: 1, state };
    expect(() => messageOfKind('document.ingest', snapshot)).toThrow('the task is a demo.count, not a document.ingest');
  });
});
