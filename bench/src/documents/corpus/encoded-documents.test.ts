import { describe, expect, it } from 'vitest';
import { encodeText } from './encoded-documents.ts';

describe('encodeText', () => {
  it.each([
    ['windows-1255', 'הנהר'],
    ['gbk', '河水 river 面包'],
    ['shift_jis', '川は山を下り'],
    ['euc-kr', '강은 산에서'],
  ])('writes %s, which the platform reads', (encoding, text) => {
    const bytes = encodeText(text, encoding);
    expect(bytes === undefined ? '' : new TextDecoder(encoding, { fatal: true }).decode(bytes)).toBe(text);
  });

  it('writes nothing if a character is not in the encoding', () => {
    expect(encodeText('река', 'windows-1252')).toBeUndefined();
  });
});
