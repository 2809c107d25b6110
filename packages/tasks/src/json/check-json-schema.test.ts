import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { upload } from '../uploads/upload.ts';
import { findSchemaProblem } from './check-json-schema.ts';

interface Tree {
  children?: Tree[] | undefined;
}
const tree: z.ZodType<Tree> = z.lazy(() => z.object({ children: z.array(tree).optional() }));
const treeOfDates: z.ZodType = z.lazy(() => z.object({ at: z.date(), children: z.array(treeOfDates) }));

describe('a part of a schema that JSON does not hold is found, with its place', () => {
  it.each<[string, z.ZodType, string]>([
    ['date', z.object({ at: z.date() }), 'input.at'],
    ['big integer in a list', z.object({ a: z.object({ b: z.array(z.bigint()) }) }), 'input.a.b.*'],
    ['map', z.object({ by: z.map(z.string(), z.string()) }), 'input.by'],
    ['set', z.object({ tags: z.set(z.string()) }), 'input.tags'],
    ['undefined in a list', z.object({ list: z.array(z.string().optional()) }), 'input.list.*'],
    ['undefined in a tuple', z.object({ pair: z.tuple([z.string(), z.string().optional()]) }), 'input.pair.1'],
    ['undefined', z.object({ none: z.undefined() }), 'input.none'],
    ['any', z.object({ any: z.any() }), 'input.any'],
    ['unknown', z.object({ any: z.unknown().optional() }), 'input.any'],
    ['loose object', z.looseObject({ a: z.string() }), 'input.*'],
    ['transform', z.object({ a: z.string().transform((text) => text.trim()) }), 'input.a'],
    ['preprocess', z.object({ a: z.preprocess((text) => text, z.string()) }), 'input.a'],
    ['coercion', z.object({ a: z.coerce.number() }), 'input.a'],
    ['custom', z.object({ a: z.custom<string>((text) => typeof text === 'string') }), 'input.a'],
    ['option of a union', z.object({ a: z.union([z.string(), z.date()]) }), 'input.a'],
    [
      'part of an intersection',
      z.object({ a: z.intersection(z.object({}), z.object({ at: z.date() })) }),
      'input.a.at',
    ],
    ['value of a record', z.object({ a: z.record(z.string(), z.date()) }), 'input.a.*'],
    ['literal', z.object({ a: z.literal(undefined) }), 'input.a'],
    ['literal NaN', z.object({ a: z.literal(Number.NaN) }), 'input.a'],
    ['literal Infinity', z.object({ a: z.literal([1, Infinity]) }), 'input.a'],
    ['default Infinity', z.object({ a: z.number().default(Infinity) }), 'input.a'],
    ['default with NaN in it', z.object({ a: z.array(z.number()).prefault([Number.NaN]) }), 'input.a'],
    ['success', z.object({ a: z.success(z.boolean()) }), 'input.a'],
    ['async refine', z.object({ a: z.string().refine(async () => Promise.resolve(true)) }), 'input.a'],
    ['wrapped date', z.object({ a: z.date().nullable().default(null).readonly() }), 'input.a'],
    ['NaN', z.object({ a: z.nan() }), 'input.a'],
    ['file', z.object({ a: z.file() }), 'input.a'],
    ['codec', z.object({ a: z.stringbool() }), 'input.a'],
    ['recursive schema', treeOfDates, 'input.at'],
  ])('%s', (...[, schema, path]) => {
    expect(findSchemaProblem(schema, 'input')).toMatchObject({ path, message: expect.stringMatching(/.: .|: /) });
  });
});

it.each([undefined, null, 'text', { a: z.string() }, { _def: {} }])('%o is no schema', (schema) => {
  const problem = { path: 'input', message: 'is no schema of zod 4' };
  expect(findSchemaProblem(schema, 'input')).toEqual(problem);
});

describe('a schema of any size is walked to its end', () => {
  it('a very long list of values, options or fields', () => {
    const names = Array.from({ length: 150_000 }, (_, index) => `v${index}`);
    expect(findSchemaProblem(z.object({ a: z.enum(names), b: z.literal(names) }), 'input')).toBeUndefined();
    const fields = Object.fromEntries(names.slice(0, 25_000).map((name) => [name, z.string()]));
    expect(findSchemaProblem(z.object(fields), 'input')?.message).toContain('more than 20000 parts');
  });

  it('parts that many other parts share', () => {
    let shared: z.ZodType = z.string();
    for (let level = 0; level < 200; level += 1) shared = z.object({ a: shared, b: shared });
    expect(findSchemaProblem(shared, 'input')).toBeUndefined();
  });

  it('a schema that a function makes of itself again at each level, which never ends, is refused', () => {
    const made = (): z.ZodType => z.lazy(() => z.object({ children: z.array(made()) }));
    expect(findSchemaProblem(made(), 'input')).toMatchObject({
      path: 'input',
      message: expect.stringContaining('made once'),
    });
  });
});

it('a default that only works where it is called is no problem', () => {
  const schema = z.string().default(() => {
    throw new Error('not here');
  });
  expect(findSchemaProblem(z.object({ schema }), 'input')).toBeUndefined();
});

it.each<[string, z.ZodType]>([
  [
    'texts, numbers and optional fields',
    z.object({ a: z.string().trim().toLowerCase().optional(), b: z.int().default(3), c: z.exactOptional(z.null()) }),
  ],
  [
    'formats, uploads, trees and any JSON',
    z.object({ any: z.json(), when: z.iso.datetime(), id: z.uuid(), image: upload(), tree }),
  ],
  [
    'a discriminated union',
    z.discriminatedUnion('by', [z.object({ by: z.literal('a') }), z.object({ by: z.enum(['b', 'c']) })]),
  ],
  ['a record of lists of tuples', z.record(z.string(), z.array(z.tuple([z.number(), z.boolean()])))],
  ['a template literal', z.templateLiteral(['v', z.int()])],
  ['a brand', z.string().brand('id')],
  ['a strict object with a default for errors', z.strictObject({ a: z.string().catch('x') })],
])('%s: no problem', (...[, schema]) => {
  expect(findSchemaProblem(schema, 'input')).toBeUndefined();
});
