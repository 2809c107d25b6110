import { expect, it } from 'vitest';
import { formatCursor, parseCursor } from './cursor.ts';

it('reads the cursors that it writes', () => {
  for (const seq of [0, 1, 42, 999_999_999_999]) expect(parseCursor(formatCursor(seq))).toBe(seq);
});

it('treats a missing or empty id as a new watcher', () => {
  for (const none of [undefined, null, '']) expect(parseCursor(none)).toBeUndefined();
});

it('refuses any other text, naming the field', () => {
  for (const bad of ['-1', '1.5', 'abc', '1\n2', ' 1', '9'.repeat(16), '0x10']) {
    expect(() => parseCursor(bad)).toThrow(
      expect.objectContaining({
        code: 'INVALID_INPUT',
        fields: [{ path: 'lastEventId', message: expect.any(String) }],
      }),
    );
  }
});
