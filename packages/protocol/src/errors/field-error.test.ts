import { expect, it } from 'vitest';
import * as z from 'zod';
import { fieldErrorText, fieldErrors } from './field-error.ts';
import { invalidInput } from './taskwire-error.ts';

const schema = z.object({ name: z.string('must be a text'), pages: z.array(z.int('must be a whole number')) });

function refusal(value: unknown): z.ZodError {
  const { error } = schema.safeParse(value);
  if (error === undefined) throw new Error('the value was accepted');
  return error;
}

it('names each refused field by its dotted path, below the root if one is given', () => {
  const error = refusal({ name: 1, pages: [1, 0.5] });
  expect(fieldErrors(error)).toEqual([
    { path: 'name', message: 'must be a text' },
    { path: 'pages.1', message: 'must be a whole number' },
  ]);
  expect(fieldErrorText(fieldErrors(error, { root: 'input' }))).toBe(
    'input.name: must be a text; input.pages.1: must be a whole number',
  );
});

it('names the whole value by the root, or by a name of its own', () => {
  const error = refusal(7);
  const paths = [{}, { whole: '(body)' }, { root: 'result', whole: '(body)' }].map(
    (options) => fieldErrors(error, options)[0]?.path,
  );
  expect(paths).toEqual(['(input)', '(body)', 'result']);
});

it('puts refused fields into an INVALID_INPUT error', () => {
  const fields = [{ path: 'kind', message: 'is missing' }];
  expect(invalidInput(fields)).toMatchObject({ code: 'INVALID_INPUT', message: 'kind: is missing', fields });
});
