import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const tokens = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');

/** Every colour of tokens.css: name → [light, dark]. */
const colors = new Map(
  [...tokens.matchAll(/--([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)].map(
    ([, name = '', light = '', dark = '']) => [name, { light, dark }] as const,
  ),
);

function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The contrast of two colours by WCAG 2.2: 1 (none) to 21. */
function contrast(first: string, second: string): number {
  const [lighter = 0, darker = 0] = [luminance(first), luminance(second)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

const grounds = ['paper', 'surface', 'sunken'];
const textPairs = [
  ...['ink', 'ink-soft', 'ink-faint', 'signal', 'good', 'warn', 'bad'].flatMap((ink) =>
    grounds.map((ground) => [ink, ground] as const),
  ),
  ...['signal', 'good', 'warn', 'bad'].flatMap((tone) => [
    [tone, `${tone}-wash`] as const,
    ['ink', `${tone}-wash`] as const,
  ]),
  ['ink-soft', 'signal-wash'] as const,
  ['surface', 'ink'] as const,
  ['surface', 'action-hover'] as const,
  ['ink', 'mark'] as const,
];
const controlPairs = grounds.flatMap((ground) => [['line-strong', ground] as const, ['signal', ground] as const]);

describe.each(['light', 'dark'] as const)('in %s mode', (mode) => {
  function contrastOf(first: string, second: string): number {
    const [one, other] = [colors.get(first), colors.get(second)];
    if (one === undefined || other === undefined) throw new Error(`tokens.css has no ${first} or no ${second}`);
    return contrast(one[mode], other[mode]);
  }

  it.each(textPairs)('text in %s is readable on %s (WCAG AA, 4.5)', (ink, ground) => {
    expect(contrastOf(ink, ground)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(controlPairs)('a control in %s is visible on %s (WCAG AA, 3)', (line, ground) => {
    expect(contrastOf(line, ground)).toBeGreaterThanOrEqual(3);
  });
});
