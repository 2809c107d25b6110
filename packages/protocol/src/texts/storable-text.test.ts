import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DEEPEST_JSON, checkStorable, findTextProblem, textProblem, withoutProblems } from './storable-text.ts';

/** `encodeURIComponent` writes UTF-8, and throws for texts that UTF-8 cannot hold. */
function isUtf8(text: string): boolean {
  try {
    return decodeURIComponent(encodeURIComponent(text)) === text;
  } catch {
    return false;
  }
}

describe('textProblem: the one rule for every stored text', () => {
  it.each(['\ud83d', '\ude00', 'a\ud83db', '\ude00\ud83d', '\u{1f600}\ud83d'])(
    'refuses half of a surrogate pair: %j',
    (text) => {
      expect(textProblem(text)).toContain('well-formed Unicode');
      expect(textProblem(withoutProblems(text))).toBeUndefined();
    },
  );

  it('refuses NUL', () => {
    expect(textProblem('a\0b')).toContain('NUL');
  });

  it('accepts all well-formed Unicode', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const kept = isUtf8(text) && !text.includes('\0');
        expect(textProblem(text) === undefined).toBe(kept);
      }),
    );
  });
});

describe('findTextProblem', () => {
  it('names the first place, in lists and in objects', () => {
    expect(findTextProblem({ a: 'x', b: [1, { c: '\ud83d' }], d: '\0' })?.path).toBe('b.1.c');
    expect(findTextProblem('\0', 'result')?.path).toBe('result');
    expect(findTextProblem({ b: ['\0'] }, 'result')?.path).toBe('result.b.0');
  });

  it('checks the names of fields too, and cleans them in its path', () => {
    const problem = findTextProblem({ input: { 'a\ud83d': 1 } });
    expect(problem).toEqual({ path: 'input.a', message: expect.stringContaining('the name of the field must be') });
  });

  it('refuses deep nesting without recursion', () => {
    const nested = (levels: number): unknown => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`);
    expect(findTextProblem(nested(DEEPEST_JSON))).toBeUndefined();
    expect(findTextProblem(nested(DEEPEST_JSON + 2))?.message).toContain('levels deep');
    expect(findTextProblem(nested(5_000))?.message).toContain('levels deep');
  });

  it.each([
    ['a list', (bad: string) => [...Array.from({ length: 400_000 }, () => 1), bad], '400000'],
    [
      'an object',
      (bad: string) =>
        Object.fromEntries(Array.from({ length: 400_001 }, (_, at) => [`k${at}`, at < 400_000 ? 1 : bad])),
      'k400000',
    ],
    ['a list in a list', (bad: string) => [[...Array.from({ length: 400_000 }, () => [])], bad], '1'],
  ])('looks through %s of any length', (_name, make, path) => {
    expect(findTextProblem(make('well'))).toBeUndefined();
    expect(findTextProblem(make('\0'))?.path).toBe(path);
  });

  it('finds a bad text at any place, and nothing in values without texts', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.constantFrom('\0', '\ud800'), (value, bad) => {
        const clean: unknown = JSON.parse(JSON.stringify(value).replace(/\\u(?:0000|d[89a-f]..)/gi, ''));
        expect(findTextProblem(clean)).toBeUndefined();
        expect(findTextProblem([clean, { clean, bad }])?.path).toBe('1.bad');
      }),
    );
  });

  it('makes checkStorable throw INVALID_INPUT, naming the field', () => {
    expect(() => checkStorable({ name: 'a' })).not.toThrow();
    expect(() => checkStorable({ name: '\ud800' })).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', fields: [{ path: 'name', message: expect.any(String) }] }),
    );
  });
});
