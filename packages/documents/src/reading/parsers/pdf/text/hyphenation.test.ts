import { describe, expect, it } from 'vitest';
import { Hyphenation } from './hyphenation.ts';

describe('Hyphenation', () => {
  const join = (first: string, second: string, known: string[] = []) => {
    const hyphenation = new Hyphenation();
    for (const line of known) hyphenation.learn(line);
    return hyphenation.join(first, second);
  };

  it('makes a divided word whole', () => {
    expect(join('goes on for exam-', 'ple over')).toBe('goes on for example over');
    expect(join('le développe\u2010', 'ment')).toBe('le développement');
    expect(join('soft hy\u00ad', 'phen')).toBe('soft hyphen');
  });

  it('keeps a hyphen that the document writes within a line', () => {
    expect(join('a quick-', 'witted fox', ['the Quick-witted one'])).toBe('a quick-witted fox');
    expect(join('a quick-', 'witted fox')).toBe('a quickwitted fox');
  });

  it('keeps a hyphen after a part that is written with one', () => {
    expect(join('a well-', 'known tune')).toBe('a well-known tune');
    expect(join('state-of-the-', 'art')).toBe('state-of-the-art');
  });

  it('keeps a hyphen before names and numbers, and in paths', () => {
    expect(join('Jean-', 'Paul')).toBe('Jean-Paul');
    expect(join('COVID-', '19')).toBe('COVID-19');
    expect(join('1914-', '1918')).toBe('1914-1918');
    expect(join('see example.com/some-', 'page')).toBe('see example.com/some-page');
  });

  it('keeps a hyphen that stands for a later word, and the space after it', () => {
    expect(join('die Haus-', 'und Hoftür')).toBe('die Haus- und Hoftür');
  });

  it('puts a space between other lines, except in scripts without spaces', () => {
    expect(join('one -', 'two')).toBe('one - two');
    expect(join('one', 'two')).toBe('one two');
    expect(join('北京市政府发布', '了新的条例')).toBe('北京市政府发布了新的条例');
    expect(join('한국어', '문장')).toBe('한국어 문장');
  });
});
