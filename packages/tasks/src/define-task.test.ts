import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { defineTask } from './define-task.ts';
import { latest } from './definition/channel.ts';
import { createTaskCatalog, upload } from './index.ts';

const definition = {
  summary: 'A test',
  input: z.object({}),
  output: z.object({}),
  stages: [{ name: 'one', weight: 1 }],
};

const count = defineTask({
  kind: 'demo.count',
  input: z.object({ to: z.int().default(10) }),
  output: z.object({ counted: z.int() }),
  stages: [{ name: 'count', weight: 1 }],
});
const read = defineTask({
  kind: 'document.ingest',
  input: z.object({ uploadId: upload(), chunkSize: z.int().default(1_200) }),
  output: z.object({ pages: z.int() }),
  stages: [{ name: 'parse', weight: 1 }],
});
const catalog = createTaskCatalog([count, read]);
const { requestSchema: taskRequestSchema } = catalog;

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

describe('a name that the database could not hold', () => {
  it.each([
    ['NUL in a stage', { stages: [{ name: 'a\0b', weight: 1 }] }, 'the name must not hold a NUL character'],
    ['a long stage', { stages: [{ name: 'a'.repeat(201), weight: 1 }] }, 'the name must not exceed 200 characters'],
    ['a long kind', { kind: `a.${'b'.repeat(200)}` }, 'is longer than 200 characters'],
  ])('is refused: %s', (_name, part, message) => {
    expect(() => defineTask({ ...definition, kind: 'a.b', ...part })).toThrow(message);
  });
});

it('refuses weights whose sum is no number, and so gives no percent', () => {
  const stages = ['one', 'two'].map((name) => ({ name, weight: Number.MAX_VALUE }));
  expect(() => defineTask({ ...definition, kind: 'a.b', stages })).toThrow("the stages' weights");
});

it.each([
  { timeoutMs: 0 },
  { timeoutMs: -1 },
  { timeoutMs: 1.5 },
  { timeoutMs: Number.NaN },
  { timeoutMs: Infinity },
  { timeoutMs: 2 ** 31 },
  { retry: { attempts: 0 } },
  { retry: { attempts: 1.5 } },
  { retry: { attempts: Infinity } },
  { retry: { backoffMs: -1 } },
  { retry: { backoffMs: Number.NaN } },
])('a limit out of range is refused, and named: %o', (limit) => {
  const name = /timeoutMs|attempts|backoffMs/.exec(JSON.stringify(limit))?.[0] ?? '';
  expect(() => defineTask({ ...definition, kind: 'a.b', ...limit })).toThrow(`${name} must be a whole number from`);
});

it('an option that is given as undefined has its default', () => {
  // A project without exactOptionalPropertyTypes may write these.
  const options: object = { timeoutMs: undefined, summary: undefined, retry: { attempts: undefined } };
  expect(defineTask({ ...definition, summary: 'x', kind: 'a.b', ...options })).toMatchObject({
    summary: 'a.b',
    timeoutMs: 21_600_000,
    retry: { attempts: 3, backoffMs: 1_000 },
  });
});

it('a channel that is written by hand is checked as one by list()', () => {
  const notes = { mode: 'list', value: z.string(), keep: 0 } as const;
  expect(() => defineTask({ ...definition, kind: 'a.b', channels: { notes } })).toThrow(
    'channel "notes" of task kind "a.b": keep must be a whole number from 1 to 1000, not 0',
  );
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
    expect(catalog.uploadsOf(request)).toMatchObject([{ path: 'input.uploadId', uploadId }]);
  });
});
