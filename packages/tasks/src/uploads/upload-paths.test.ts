import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { uploadPathsIn } from './upload-paths.ts';
import { upload } from './upload.ts';

const image = upload({ accept: ['image/png'], maxBytes: 100 });
const rules = { accept: ['image/png'], maxBytes: 100 };

describe('the places of upload() fields in a schema', () => {
  it.each<[string, z.ZodType, string[]]>([
    ['a field', z.object({ image }), ['image']],
    ['an optional one', z.object({ image: image.nullable().optional() }), ['image']],
    ['items', z.object({ pages: z.array(z.object({ image, text: z.string() })) }), ['pages.*.image']],
    ['values of a record', z.object({ by: z.record(z.string(), image) }), ['by.*']],
    ['items of a tuple', z.object({ pair: z.tuple([z.string(), image]) }), ['pair.*']],
    [
      'members of a union',
      z.object({ cover: z.union([z.object({ image }), z.object({ url: z.string() })]) }),
      ['cover.image'],
    ],
    ['an intersection', z.intersection(z.object({ a: image }), z.object({ b: image })), ['a', 'b']],
    ['the input itself', image, ['']],
    ['none', z.object({ text: z.string(), any: z.json() }), []],
  ])('%s', (_name, schema, paths) => {
    expect(uploadPathsIn(schema)).toEqual(paths.map((path) => ({ path, ...rules })));
  });

  it('a recursive schema ends', () => {
    const tree = z.object({
      image,
      get children() {
        return z.array(tree);
      },
    });
    expect(uploadPathsIn(tree).map(({ path }) => path)).toEqual(['image']);
  });

  it('schemas that all hold each other end soon', () => {
    const names = Array.from({ length: 10 }, (_, index) => `f${index}`);
    const all = new Map<string, z.ZodType>();
    const other = (name: string) => z.lazy(() => all.get(name) ?? z.null());
    for (const name of names) {
      all.set(name, z.object({ image, ...Object.fromEntries(names.map((each) => [each, other(each)])) }));
    }
    const paths = uploadPathsIn(other('f0')).map(({ path }) => path);
    expect(paths.slice(0, 3)).toEqual(['image', 'f1.image', 'f2.image']);
  });

  it('a schema with twice as many places at each level ends soon', () => {
    let twice: z.ZodType = image;
    for (let level = 0; level < 40; level += 1) twice = z.object({ a: twice, b: twice });
    expect(uploadPathsIn(z.object({ image, twice })).map(({ path }) => path)).toEqual(['image']);
  });
});
