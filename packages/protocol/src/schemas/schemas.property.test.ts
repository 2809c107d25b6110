import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  anything,
  listOf,
  literal,
  number,
  object,
  oneOf,
  optional,
  recordOf,
  text,
  variants,
  wholeNumber,
  type Schema,
} from './index.ts';

const pairs: [string, Schema<unknown>, z.ZodType][] = [
  ['text', text({ min: 1, max: 3 }), z.string().min(1).max(3)],
  ['text of a pattern', text({ pattern: /^[A-Z]+$/ }), z.string().regex(/^[A-Z]+$/)],
  ['number', number({ min: 0, max: 100 }), z.number().min(0).max(100)],
  ['number above', number({ above: 0 }), z.number().positive()],
  ['whole number', wholeNumber({ min: 0 }), z.int().nonnegative()],
  ['one of', oneOf(['a', 'b']), z.enum(['a', 'b'])],
  ['literal', literal(true), z.literal(true)],
  ['list', listOf(text()), z.array(z.string())],
  ['record', recordOf(number()), z.record(z.string(), z.number())],
  [
    'object',
    object({ a: text(), b: optional(number()), c: anything, d: optional(anything) }),
    z.object({ a: z.string(), b: z.exactOptional(z.number()), c: z.unknown(), d: z.exactOptional(z.unknown()) }),
  ],
  [
    'variants',
    variants({ a: object({ type: literal('a'), n: number() }), b: object({ type: literal('b') }) }),
    z.discriminatedUnion('type', [
      z.object({ type: z.literal('a'), n: z.number() }),
      z.object({ type: z.literal('b') }),
    ]),
  ],
];

/** Values that often fit one of the schemas. */
const value = fc.oneof(
  { weight: 1, arbitrary: fc.anything() },
  { weight: 1, arbitrary: fc.constantFrom('', 'a', 'b', 'AB', 'long text', 0, -0, 1.5, 100, 101, 2 ** 53, true) },
  { weight: 1, arbitrary: fc.array(fc.oneof(fc.string(), fc.integer())) },
  { weight: 1, arbitrary: fc.dictionary(fc.string(), fc.oneof(fc.double(), fc.string())) },
  {
    weight: 4,
    arbitrary: fc.record(
      {
        type: fc.constantFrom('a', 'b', 'c'),
        n: fc.oneof(fc.integer(), fc.constant(undefined)),
        a: fc.oneof(fc.string(), fc.integer()),
        b: fc.oneof(fc.integer(), fc.constant(undefined)),
        c: fc.anything(),
        d: fc.constantFrom(undefined, null, 1),
        more: fc.string(),
      },
      { requiredKeys: [] },
    ),
  },
);

describe('a schema', () => {
  it.each(pairs)('of %s takes the values that zod takes, and gives the same', (...[, ours, zods]) => {
    fc.assert(
      fc.property(value, (given) => {
        const [mine, theirs] = [ours.safeParse(given), zods.safeParse(given)];
        expect(mine.success).toBe(theirs.success);
        expect(mine.data).toStrictEqual(theirs.data);
        expect(mine.error?.issues[0].path).toEqual(theirs.error?.issues[0]?.path);
      }),
      { numRuns: 500 },
    );
  });

  it('leaves out a field __proto__ of a record', () => {
    const given: unknown = JSON.parse('{"__proto__": 1, "a": 2}');
    expect(Object.keys(recordOf(number()).parse(given))).toEqual(['a']);
  });

  it('names the place of the first fault', () => {
    const schema = object({ list: listOf(object({ a: number() })) });
    expect(() => schema.parse({ list: [{ a: 1 }, { a: 'x' }] })).toThrow('list.1.a: must be a number');
    expect(() => schema.parse({})).toThrow('list: is missing');
  });
});
