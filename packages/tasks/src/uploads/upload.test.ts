import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { acceptedByAny, acceptsMediaType, checkInput, upload } from '../index.ts';
import { uploadRulesIn } from './upload-rules.ts';

const one = '7f6f7d8e-3e5a-4b0c-9d1e-2f3a4b5c6d7e';
const two = '0b0c9c39-63c1-4f0a-9c8e-0e9a3a8f1d22';
const image = upload({ accept: ['image/*'], maxBytes: 100 });

interface Tree {
  file?: string | undefined;
  children?: Tree[] | undefined;
}
const tree: z.ZodType<Tree> = z.lazy(() => z.object({ file: image.optional(), children: z.array(tree).optional() }));

/** The uploads that the check of an input finds, as `path: id`. */
function found(schema: z.ZodType, input: unknown): string[] | undefined {
  const check = checkInput(schema, input);
  return check.success ? check.uploads.map(({ path, uploadId }) => `${path}: ${uploadId}`) : undefined;
}

describe('an upload() is found at any place', () => {
  it.each<[string, z.ZodType, unknown, string]>([
    ['in an object', z.object({ image }), { image: one }, 'input.image'],
    [
      'in nested objects',
      z.object({ a: z.strictObject({ b: z.looseObject({ image }) }) }),
      { a: { b: { image: one } } },
      'input.a.b.image',
    ],
    [
      'in an array of objects',
      z.object({ pages: z.array(z.object({ image })) }),
      { pages: [{ image: one }] },
      'input.pages.0.image',
    ],
    ['in a tuple', z.object({ pair: z.tuple([z.string(), image]) }), { pair: ['x', one] }, 'input.pair.1'],
    ['as a value of a record', z.record(z.string(), image), { cover: one }, 'input.cover'],
    ['as a key of a record', z.record(image, z.string()), { [one]: 'cover' }, `input.${one}`],
    [
      'behind optional, nullable and default',
      z.object({ image: image.nullable().optional().default(null) }),
      { image: one },
      'input.image',
    ],
    [
      'behind readonly, nonoptional and catch',
      z.object({ image: image.optional().nonoptional().readonly() }),
      { image: one },
      'input.image',
    ],
    ['in a union', z.object({ from: z.union([z.url(), image]) }), { from: one }, 'input.from'],
    [
      'in a discriminated union',
      z.discriminatedUnion('by', [
        z.object({ by: z.literal('url'), url: z.url() }),
        z.object({ by: z.literal('file'), file: image }),
      ]),
      { by: 'file', file: one },
      'input.file',
    ],
    [
      'in an intersection',
      z.intersection(z.object({ a: z.string() }), z.object({ image })),
      { a: 'x', image: one },
      'input.image',
    ],
    ['in a lazy tree', tree, { children: [{ children: [{ file: one }] }] }, 'input.children.0.children.0.file'],
    [
      'before a pipe',
      z.object({ image: image.pipe(z.custom<z.output<typeof image>>((id) => typeof id === 'string')) }),
      { image: one },
      'input.image',
    ],
    ['after a pipe', z.object({ image: z.string().pipe(image) }), { image: one }, 'input.image'],
    ['behind a transform', z.object({ image: image.transform((id) => ({ id })) }), { image: one }, 'input.image'],
    ['behind a preprocess', z.object({ image: z.preprocess((id) => id, image) }), { image: one }, 'input.image'],
    [
      'with a description, metadata and a further check',
      z.object({
        image: image
          .describe('x')
          .meta({ title: 'y' })
          .refine(() => true),
      }),
      { image: one },
      'input.image',
    ],
    [
      'in a set that a transform made',
      z.object({
        images: z
          .array(z.string())
          .transform((ids) => new Set(ids))
          .pipe(z.set(image)),
      }),
      { images: [one] },
      'input.images.0',
    ],
    [
      'in a map that a transform made',
      z.object({
        images: z
          .array(z.string())
          .transform((ids) => new Map(ids.map((id) => ['x', id])))
          .pipe(z.map(z.string(), image)),
      }),
      { images: [one] },
      'input.images.0',
    ],
    [
      'with an id that a schema makes up',
      z.object({
        image: z
          .string()
          .transform(() => one)
          .pipe(image),
      }),
      { image: 'cover' },
      'input',
    ],
  ])('%s', (...[, schema, input, path]) => {
    expect(found(schema, input)).toEqual([`${path}: ${one}`]);
    const check = checkInput(schema, input);
    expect(check).toMatchObject({ uploads: [{ rules: { accept: ['image/*'], maxBytes: 100 } }] });
  });

  it('with each of its places', () => {
    const schema = z.object({ pages: z.array(z.object({ image })), cover: image });
    expect(found(schema, { pages: [{ image: one }, { image: two }], cover: one })).toEqual([
      `input.pages.0.image: ${one}`,
      `input.pages.1.image: ${two}`,
    ]);
  });

  it('with the rules of each field that holds the id', () => {
    const schema = z.object({ image, text: upload({ accept: ['text/plain'] }) });
    expect(found(schema, { image: one, text: one })).toEqual([`input.image: ${one}`, `input.text: ${one}`]);
  });

  it('in a hundred thousand places, and at any depth, without a delay or an overflow', () => {
    const many = Array.from({ length: 100_000 }, () => one);
    expect(found(z.array(image), many)).toEqual([`input.0: ${one}`]);
    let deep: unknown = one;
    for (let depth = 0; depth < 20_000; depth += 1) deep = [deep];
    expect(found(z.object({ image, rest: z.unknown() }), { rest: deep, image: one })).toHaveLength(1);
  });
});

describe('the check of an input', () => {
  it('finds an upload beside a list of any length', () => {
    const schema = z.object({ widths: z.array(z.number()), image });
    expect(found(schema, { widths: Array.from({ length: 400_000 }, () => 1), image: one })).toEqual([
      `input.image: ${one}`,
    ]);
  });

  it('ignores plain uuids', () => {
    expect(found(z.object({ uploadId: z.uuid() }), { uploadId: one })).toEqual([]);
  });

  it('collects only its own uploads, after a failed check and around a nested one', () => {
    expect(found(z.object({ image, name: z.string() }), { image: one })).toBeUndefined();
    expect(found(z.object({ name: z.string() }), { name: 'x' })).toEqual([]);
    const inner = z.object({ name: z.string() }).refine(() => found(z.object({ image }), { image: two }) !== undefined);
    expect(found(z.object({ image, inner }), { image: one, inner: { name: 'x' } })).toEqual([`input.image: ${one}`]);
  });

  it.each(['not-a-uuid', '', 5, null, [one]])('refuses %j as an upload, and names the field', (wrong) => {
    const check = checkInput(z.object({ image }), { image: wrong });
    expect(check.success ? [] : check.error.issues.map((issue) => issue.path)).toEqual([['image']]);
  });
});

describe('upload()', () => {
  it.each(['png', 'image/', '/png', '*/*', 'image/png; q=1', 'Image/PNG', ''])(
    'does not take the media type "%s"',
    (type) => {
      expect(() => upload({ accept: [type] })).toThrow('must be a media type such as image/png or image/*');
    },
  );

  it.each([0, -1, 1.5, Number.NaN, Infinity])('does not take a size of %s bytes', (maxBytes) => {
    expect(() => upload({ maxBytes })).toThrow('above 0');
  });
});

it('does not take a list without media types, which refuses each upload', () => {
  expect(() => upload({ accept: [] })).toThrow('upload(): accept: name a media type, or leave it out to accept each');
});

describe('the rules of a schema', () => {
  it('are found for forms in every part of it, each field once', () => {
    const text = upload({ accept: ['text/plain'] });
    const schema = z.object({
      pages: z.array(z.object({ image: image.optional() })),
      tree,
      other: z.union([z.string(), text.meta({ title: 'x' })]),
    });
    expect(uploadRulesIn(schema)).toEqual([{ accept: ['image/*'], maxBytes: 100 }, { accept: ['text/plain'] }]);
  });

  it('are found beside a list of options of any length', () => {
    const options = z.enum(Array.from({ length: 200_000 }, (_, index) => `v${index}`));
    expect(uploadRulesIn(z.object({ options, image }))).toHaveLength(1);
  });

  it('are combined into the list of accepted media types', () => {
    expect(acceptedByAny([{ accept: ['a/b', 'c/*'] }, { accept: ['a/b'] }])).toEqual(['a/b', 'c/*']);
    expect(acceptedByAny([{ accept: ['a/b'] }, {}])).toBeUndefined();
  });

  it('accept a media type by name, by its main type, or all of them', () => {
    expect(acceptsMediaType({ accept: ['image/png'] }, 'image/png')).toBe(true);
    expect(acceptsMediaType({ accept: ['image/*'] }, 'image/webp')).toBe(true);
    expect(acceptsMediaType({}, 'application/x-anything')).toBe(true);
    for (const other of ['image/png', 'images/x', 'application/image/']) {
      expect(acceptsMediaType({ accept: ['image/jpeg', 'application/*x'] }, other)).toBe(false);
    }
  });
});
