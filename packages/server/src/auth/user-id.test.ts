import { expect, test } from 'vitest';
import { userIdOfName } from './user-id.ts';

test('one name is one user, however it is spelled', () => {
  for (const name of ['Ada Lovelace', ' ada  lovelace ', 'ADA-LOVELACE', 'Ａｄａ lovelace!']) {
    expect(userIdOfName(name)).toBe('ada-lovelace');
  }
});

test('names of other scripts are names too, and stay apart', () => {
  expect(userIdOfName('Дмитрий')).toBe('дмитрий');
  expect(userIdOfName('山田 太郎')).toBe('山田-太郎');
  expect(userIdOfName('José')).not.toBe(userIdOfName('Jose'));
});

test.each(['', '  ', '!?', '\u0000', 'x'.repeat(65), 'ada\ud800', 'ada\ufffd'])(
  'what is no name is refused, naming the field: %j',
  (name) => {
    expect(() => userIdOfName(name)).toThrow(
      expect.objectContaining({ code: 'INVALID_INPUT', fields: [expect.objectContaining({ path: 'name' })] }),
    );
  },
);
