import { describe, expect, it } from 'vitest';
import { formatBytes, formatCount, formatDuration, formatName, formatPercent, formatWhen } from './format.ts';

describe('figures for people', () => {
  it.each([
    [0, '0 B'],
    [1_023, '1,023 B'],
    [1_536, '1.5 KB'],
    [104_857_600, '100 MB'],
  ])('%i bytes are %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });

  it.each([
    [0, '0 s'],
    [430, '0.4 s'],
    [12_400, '12 s'],
    [60_000, '1 min'],
    [185_000, '3 min 5 s'],
    [7_800_000, '2 h 10 min'],
  ])('%i ms are %s', (milliseconds, text) => {
    expect(formatDuration(milliseconds)).toBe(text);
  });

  it('shows 100% only for finished work', () => {
    expect([formatPercent(0), formatPercent(99.99), formatPercent(100)]).toEqual(['0%', '99%', '100%']);
  });

  it('groups thousands', () => {
    expect(formatCount(1_234_567)).toBe('1,234,567');
  });

  it.each([
    [30_000, 'just now'],
    [300_000, '5 min ago'],
    [7_200_000, '2 h ago'],
  ])('%i ms back is %s', (age, text) => {
    expect(formatWhen(1_000_000_000_000 - age, 1_000_000_000_000)).toBe(text);
  });

  it.each([
    ['fileName', 'File name'],
    ['image_generation', 'Image generation'],
    ['parse', 'Parse'],
  ])('%s reads as %s', (name, text) => {
    expect(formatName(name)).toBe(text);
  });
});
