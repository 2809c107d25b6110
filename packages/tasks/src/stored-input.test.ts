import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { storedForm } from './json/stored-form.ts';
import { storedInput } from './stored-input.ts';

describe('storedInput', () => {
  it('has the defaults of the day on which the task was created', () => {
    expect(storedInput('demo.count', { to: 3 })).toEqual({ to: 3, everyMs: 500 });
  });
});

describe('storedForm: each check by the schema gives the input of the handler', () => {
  it.each<[string, z.ZodType, unknown, unknown]>([
    ['a default', z.object({ to: z.int().default(3) }), {}, { to: 3 }],
    ['a text that is trimmed', z.object({ name: z.string().trim() }), { name: ' a ' }, { name: 'a' }],
    ['a coerced number', z.object({ to: z.coerce.number() }), { to: '3' }, { to: 3 }],
    ['a coerced date', z.object({ at: z.coerce.date() }), { at: '2026-01-01' }, { at: '2026-01-01T00:00:00.000Z' }],
    [
      'a transform to another type',
      z.object({ name: z.string().transform((name) => name.length) }),
      { name: 'abc' },
      { name: 'abc' },
    ],
    ['a transform that is not its own', z.object({ to: z.number().transform((to) => to + 1) }), { to: 1 }, { to: 1 }],
    ['a coerced BigInt', z.object({ to: z.coerce.bigint() }), { to: '3' }, { to: '3' }],
    ['unknown fields', z.object({ to: z.int() }), { to: 3, more: 1 }, { to: 3 }],
  ])('with %s', (...[, schema, given, stored]) => {
    expect(storedForm(schema, given)).toEqual(stored);
    expect(schema.safeParse(storedForm(schema, given)).data).toEqual(schema.safeParse(given).data);
  });
});
