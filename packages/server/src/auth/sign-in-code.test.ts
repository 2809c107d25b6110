import { expect, test } from 'vitest';
import { SignInCode, newSignInCode, signInLink } from './sign-in-code.ts';

const code = newSignInCode();
const attempt = (codes: SignInCode, given: string) => {
  try {
    codes.check(given);
    return 'accepted';
  } catch (error) {
    return error instanceof Error && 'code' in error ? error.code : error;
  }
};

test('a code is new for each start, and too long to guess', () => {
  expect(new Set(Array.from({ length: 1_000 }, newSignInCode)).size).toBe(1_000);
  expect(code).toMatch(/^[\w-]{22}$/);
});

test('a link holds it behind the #, which no browser sends', () => {
  const link = new URL(signInLink('http://127.0.0.1:4000', code));
  expect(link.hash).toBe(`#code=${code}`);
  expect(link.pathname + link.search).toBe('/');
});

test('the code itself is accepted, as often as it is given; everything else is refused, naming the field', () => {
  const codes = new SignInCode(code);
  expect([attempt(codes, code), attempt(codes, code)]).toEqual(['accepted', 'accepted']);
  for (const wrong of ['', code.slice(1), `${code} `, code.toUpperCase(), 'x'.repeat(10_000), '\ud800']) {
    expect(attempt(codes, wrong)).toBe('INVALID_INPUT');
  }
  expect(() => codes.check('x')).toThrow(/^code: .*open the link/);
});

test('after ten wrong codes within a minute every code is refused until the minute is over', () => {
  let now = 5;
  const codes = new SignInCode(code, () => now);
  for (let tries = 0; tries < 10; tries += 1) expect(attempt(codes, `x${tries}`)).toBe('INVALID_INPUT');
  now += 59_999;
  expect(attempt(codes, 'x')).toBe('TOO_MANY_REQUESTS');
  expect(attempt(codes, code)).toBe('TOO_MANY_REQUESTS');
  now += 1;
  expect(attempt(codes, code)).toBe('accepted');
  expect(attempt(codes, 'x')).toBe('INVALID_INPUT');
});
