import { latest } from '@taskwire/tasks';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { encodeChannelValue, encodeResult } from './encode-value.ts';

const encode = (schema: z.ZodType, given: unknown) => encodeResult(schema, given, "the task's result");
const message = (schema: z.ZodType, given: unknown): string => {
  try {
    encode(schema, given);
    return 'encoded';
  } catch (error) {
    return String(error);
  }
};

describe('encodeResult', () => {
  it('fills in defaults, leaves out what the schema does not have, and gives what readers get', () => {
    const schema = z.object({ files: z.array(z.string()), quality: z.int().default(80) });
    const stored = { files: ['a'], quality: 80 };
    expect(encode(schema, { files: ['a'], other: new Map() })).toEqual({ stored, read: stored });
  });

  it('stores what is given if the schema changes a value each time, so that readers get it changed once', () => {
    const schema = z.object({ name: z.string().overwrite((name) => `${name}!`) });
    expect(encode(schema, { name: 'a' })).toEqual({ stored: { name: 'a' }, read: { name: 'a!' } });
  });

  const untyped = z.object({ at: z.unknown(), inner: z.object({}).optional() });
  it.each([
    [
      'a Map where an object belongs',
      z.object({ by: z.object({}) }),
      { by: new Map([['a', 1]]) },
      'result.by: is a Map',
    ],
    ['a Date where an object belongs', z.object({ at: z.object({}) }), { at: new Date() }, 'result.at: is a Date'],
    ['a Date where a text belongs', z.object({ at: z.string() }), { at: new Date() }, 'result.at: '],
    ['a Date that any schema takes', untyped, { at: new Date() }, 'result.at: is a Date'],
    ['a Set in a list', z.array(z.unknown()), ['a', new Set()], 'result.1: is a Set'],
    ['undefined in a list', z.array(z.unknown()), ['a', undefined], 'result.1: is undefined'],
    ['infinity', untyped, { at: Infinity }, 'result.at: is Infinity'],
    ['a BigInt', untyped, { at: 1n }, 'result.at: is a bigint'],
    ['half of a surrogate pair', untyped, { at: '\ud83d' }, 'result.at: must be well-formed Unicode'],
  ])('refuses %s, naming the field', (...row) => {
    const [, schema, given, expected] = row;
    expect(message(schema, given)).toMatch(/^PermanentTaskError: the task's result (cannot be stored|does not fit)/);
    expect(message(schema, given)).toContain(expected);
  });

  it('refuses a value that holds itself', () => {
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    expect(message(untyped, { at: loop })).toContain('or holds itself');
  });
});

it('a value of a channel is refused at the call, naming the channel and the field', () => {
  const preview = latest(z.object({ by: z.record(z.string(), z.string()), box: z.object({}) }));
  const send = (value: unknown) => () => encodeChannelValue('preview', preview, value);
  expect(send({ by: new Map(), box: {} })).toThrow(/^channel "preview": the value does not fit its schema: value\.by/);
  expect(send({ by: {}, box: new Map() })).toThrow(
    new TypeError('channel "preview": the value cannot be stored: value.box: is a Map, which JSON does not hold'),
  );
});
