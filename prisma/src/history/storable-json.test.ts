import { describe, expect, it } from 'vitest';
import { exactJson, fromExactJson, storableJson, storableText } from './storable-json.ts';

const REFUSED = { 'a\0key': ['nul \0', 'half \ud83d', 'other half \ude00', 'whole \u{1f600}', 'mark \ufdd0'] };

describe('exactJson', () => {
  it('round-trips the characters that PostgreSQL refuses, in texts and in keys', () => {
    const stored = exactJson(REFUSED);

    expect(JSON.stringify(stored)).not.toMatch(/\\u0000|\\ud83d|\\ude00/);
    expect(fromExactJson(stored)).toEqual(REFUSED);
  });

  it('round-trips numbers, null and nesting', () => {
    const value = { number: 1.5, nothing: null, yes: true, list: [{ deep: ['text'] }] };

    expect(fromExactJson(exactJson(value))).toEqual(value);
  });

  it('refuses values that JSON cannot hold', () => {
    expect(() => exactJson(undefined)).toThrow(SyntaxError);
    expect(() => exactJson(1n)).toThrow(TypeError);
  });
});

describe('storableJson', () => {
  it('drops the characters that PostgreSQL refuses, in texts and in keys', () => {
    expect(storableJson(REFUSED)).toEqual({
      akey: ['nul ', 'half ', 'other half ', 'whole \u{1f600}', 'mark \ufdd0'],
    });
    expect(storableText('\0half \ud83d')).toBe('half ');
  });
});
