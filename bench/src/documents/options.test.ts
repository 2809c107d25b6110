import { describe, expect, it } from 'vitest';
import { UsageError } from '../usage-error.ts';
import { DOCUMENTS_USAGE, parseDocumentsOptions, PART_NAMES } from './options.ts';

describe('parseDocumentsOptions', () => {
  it('measures every part of the generated corpus if nothing is asked for', () => {
    expect(parseDocumentsOptions([])).toEqual({
      folder: undefined,
      parts: PART_NAMES,
      chunks: 5_000,
      worstMib: 2,
      repeats: 1,
      losses: 20,
      json: false,
    });
  });

  it('only reads a given folder, unless an option adds parts', () => {
    expect(parseDocumentsOptions(['--folder', '/books'])).toMatchObject({ folder: '/books', parts: ['reading'] });
    const words = ['--folder', '/books', '--parts', 'reading, speed', '--json'];
    expect(parseDocumentsOptions(words)).toMatchObject({ parts: ['reading', 'speed'], json: true });
  });

  it.each([
    ['--chunks', ['--chunks', '0']],
    ['--worst-mib', ['--worst-mib', '1.5']],
    ['--repeats', ['--repeats', '-1']],
    ['--losses', ['--losses', 'all']],
    ['"writing"', ['--parts', 'reading,writing']],
    ['--folder', ['--folder', '']],
    ['--colour', ['--colour']],
  ])('names %s when it is wrong', (option, words) => {
    expect(() => parseDocumentsOptions(words)).toThrow(UsageError);
    expect(() => parseDocumentsOptions(words)).toThrow(option);
  });

  it('ignores all other options beside --help', () => {
    expect(parseDocumentsOptions(['--help'])).toBeUndefined();
    for (const part of PART_NAMES) expect(DOCUMENTS_USAGE).toContain(`\n  ${part}`);
  });
});
