import { expect, test } from 'vitest';
import * as z from 'zod';
import { latest, list } from '../definition/channel.ts';
import { readChannels } from './checked-values.ts';

const kind = {
  kind: 'image.resize',
  channels: {
    preview: latest(z.object({ width: z.int() })),
    notes: list(z.string(), { keep: 5 }),
    log: list(z.string(), { keep: 5 }),
  },
};

test('a channel that has not changed stays the same object', () => {
  const before = { preview: { width: 5 }, notes: ['a'] };
  const first = readChannels(kind, before);
  const second = readChannels(kind, { ...before, notes: ['a', 'b'] });
  expect(second.channels).toEqual({ preview: { width: 5 }, notes: ['a', 'b'], log: [] });
  expect(second.channels['preview']).toBe(first.channels['preview']);
  expect(second.channels['log']).toBe(first.channels['log']);
});

test('a channel that has not changed, and does not fit, stays unreadable', () => {
  const stored = { notes: ['a', 5] };
  for (let reading = 1; reading <= 2; reading += 1) {
    expect(readChannels(kind, stored)).toEqual({ channels: { notes: ['a'], log: [] }, unreadableChannels: ['notes'] });
  }
});

test('a value is read by the schema of each definition', () => {
  const stored = { notes: ['a', 5] };
  const other = { kind: 'image.resize', channels: { notes: list(z.int(), { keep: 5 }) } };
  expect(readChannels(kind, stored).channels['notes']).toEqual(['a']);
  expect(readChannels(other, stored).channels['notes']).toEqual([5]);
});
