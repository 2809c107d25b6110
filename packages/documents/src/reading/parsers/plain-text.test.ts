import { describe, expect, it } from 'vitest';
import { collect, sectionsOf } from '../../testing/collect.ts';
import { parsePlainText } from './plain-text.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const textOf = async (text: string) => (await sectionsOf(parsePlainText(utf8(text)))).map((section) => section.text);

describe('parsePlainText', () => {
  it.each([
    ['colors', '\x1b[31mred alert\x1b[0m and \x1b[1;38;5;12mbold words\x1b[0m', 'red alert and bold words'],
    ['a link', '\x1b]8;;https://example.org\x1b\\the manual\x1b]8;;\x07 says', 'the manual says'],
    ['a window title', '\x1b]0;build 17\x07done', 'done'],
    ['cursor moves and character sets', '\x1b[2J\x1b[1;1H\x1b(Bready\x1b[?25h\x1b7', 'ready'],
    ['a device string', 'a\x1bPq#0~~\x1b\\b', 'ab'],
    ['the one-character form', '\x9b31mred\x9b0m', 'red'],
    ['bold and underlined letters of a line printer', 'N\bNA\bAM\bM_\bE', 'NAME'],
  ])('removes control sequences of terminals: %s', async (_what, text, expected) => {
    expect(await textOf(text)).toEqual([expected]);
  });

  it('removes a control sequence that lies across two reads', async () => {
    for (let ahead = 65_530; ahead < 65_540; ahead += 1) {
      const [text, ...rest] = await textOf(`${'x\n'.repeat(ahead / 2)}${'y'.repeat(ahead % 2)}\x1b[31mred\x1b[0m`);
      expect([text, ...rest].join('')).toMatch(/red$/);
      expect([text, ...rest].join('')).not.toContain('31m');
    }
  });

  it('keeps the words beside other control characters apart or whole', async () => {
    expect(await textOf('bell\x07 and backspace\x08 in a log')).toEqual(['bell and backspace in a log']);
    expect(await textOf('one\x85two\vthree\r\nfour\rfive\u2028six')).toEqual(['one\ntwo\nthree\nfour\nfive\nsix']);
    expect(await textOf('name\x1fcity\x1enext')).toEqual(['name city next']);
  });

  it('begins a page at each form feed', async () => {
    const parts = await collect(parsePlainText(utf8('first\n\fsecond\f\fthird\n\f')));
    expect(parts.at(-1)?.pages).toBe(4);
    expect(parts.flatMap((part) => part.sections)).toEqual([
      { page: 1, text: 'first' },
      { page: 2, text: 'second' },
      { page: 4, text: 'third' },
    ]);
  });

  it('counts pages in UTF-16 as in UTF-8', async () => {
    const parts = await collect(parsePlainText(Buffer.from('\ufeffone\ftwo \u0c00 \u000c', 'utf16le')));
    expect(parts.at(-1)?.pages).toBe(2);
    expect(parts.flatMap((part) => part.sections).at(-1)).toEqual({ page: 2, text: 'two \u0c00' });
  });

  it('keeps the indentation of lines', async () => {
    expect(await textOf('if x:\n    return  1   \n\tpass')).toEqual(['if x:\n    return 1\n\tpass']);
  });
});
