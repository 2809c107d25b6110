import { expect, test } from 'vitest';
import { bearer, isBearer } from './bearer.ts';

const SECRET = 'a secret of the tests, long enough to be one';

test('only the function of bearer() is taken for it, and not one that has tokens', () => {
  const own = Object.assign(() => ({ userId: 'ada' }), { tokens: new Map<string, string>() });
  expect([isBearer(bearer({ secret: SECRET })), isBearer(own)]).toEqual([true, false]);
});
