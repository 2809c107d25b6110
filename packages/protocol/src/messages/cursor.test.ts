import { expect, it } from 'vitest';
import { formatCursor, parseCursor } from './cursor.ts';

it('reads what it writes', () => {
  for (const seq of [0, 1, 42, 999_999_999_999]) expect(parseCursor(formatCursor(seq))).toBe(seq);
});

it('takes a missing and an empty id for a new watcher', () => {
  for (const none of [undefined, null, '']) expect(parseCursor(none)).toBeUndefined();
});

it('refuses everything else, naming the field', () => {
  for (const bad of ['-1', '1.5', 'abc', '1\n2', ' 1', '9'.repeat(16), '0x10']) {
    expect(() => parseCursor(bad)).toThrow(
      expect.objectContaining({
        code: 'INVALID_INPUT',
        fields: [{ path: 'lastEventId', message: expect.any(String) }],
      }),
    );
  }
});
