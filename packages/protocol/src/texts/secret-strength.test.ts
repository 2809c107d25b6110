import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SECRET_REMEDY, weaknessOf } from './secret-strength.ts';

const HEX = '0123456789abcdef';
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BASE64_URL = `${BASE64.slice(0, 62)}-_`;

const textOf = (alphabet: string, length: number) =>
  fc
    .array(fc.noBias(fc.nat(alphabet.length - 1)), { minLength: length, maxLength: length })
    .map((drawn) => drawn.map((index) => alphabet.charAt(index)).join(''));

describe('a secret', () => {
  it.each([
    ['one character', 'a'.repeat(32)],
    ['zeros', '0'.repeat(64)],
    ['the same again and again', 'abc123'.repeat(10)],
    ['a random piece again and again', 'f3Qz9!kP'.repeat(5)],
    ['changeme', 'changeme'.repeat(4)],
    ['change-me within more', 'change-me-f3Qz9kPx7Lw2Vb8Tn4Rm6Yc1'],
    ['changeme in other signs', 'Ch@ng3M3'.repeat(4)],
    ['a request to change it', 'please-change-this-secret-before-production'],
    ['a long secret by its words only', 'this-is-a-very-long-secret-key-for-jwt-signing'],
    ['secretsecret', 'secret'.repeat(6)],
    ['my secret', 'my-super-secret-key-that-must-be-long'],
    ['a password', 'Password1234567890Password1234567890'],
    ['a password in other signs', 'P@$$w0rd-f3Qz9kPx7Lw2Vb8Tn4Rm6Yc1'],
    ['the alphabet', 'abcdefghijklmnopqrstuvwxyz012345'],
    ['the alphabet backward', 'zyxwvutsrqponmlkjihgfedcba987654'],
    ['the digits', '12345678901234567890123456789012'],
    ['hexadecimal digits in their order', '0123456789abcdef0123456789abcdef0123456789abcdef'],
    ['a walk on the keyboard', 'qwertyuiopasdfghjklzxcvbnm1234567890'],
    ['a walk on the keyboard, backward', 'poiuytrewqlkjhgfdsamnbvcxz0987654321'],
    ['two characters in turn', 'ab'.repeat(20)],
    ['spaces', ' '.repeat(40)],
    ['the name of this system', 'taskwire-secret-taskwire-secret-taskwire'],
  ])('that is %s is refused, though it is long', (_what, secret) => {
    expect(secret.length).toBeGreaterThanOrEqual(32);
    expect(weaknessOf(secret)).toMatch(/^(is easy to guess|holds a phrase)/);
    expect(weaknessOf(secret)).not.toContain(secret.slice(0, 8));
  });

  it('is refused with its length as the reason if it is short', () => {
    expect(weaknessOf('f3Qz9kPx7Lw2Vb8Tn4Rm6Yc1Ds5Gh0J')).toMatch(/^is shorter than 32/);
    expect(weaknessOf('')).toMatch(/^is shorter than 32/);
  });

  it.each([
    ['64 hexadecimal digits', textOf(HEX, 64)],
    ['32 hexadecimal digits', textOf(HEX, 32)],
    ['base64 of 48 bytes', textOf(BASE64, 64)],
    ['base64 of 32 bytes', textOf(BASE64, 43).map((text) => `${text}=`)],
    ['base64url of 32 bytes', textOf(BASE64_URL, 43)],
    ['base64 of 4 kB', textOf(BASE64, 4_000)],
  ])('that is random, as %s, passes', (name, secrets) => {
    const numRuns = name.endsWith('kB') ? 20 : 3_000;
    fc.assert(
      fc.property(secrets, (secret) => weaknessOf(secret) === undefined),
      { numRuns },
    );
  });

  it.each([
    'a secret of the tests, long enough to be one',
    'a secret that only the tests of the whole system use',
    'correct horse battery staple, and nine other animals',
  ])('that is a sentence of its own passes: %s', (secret) => {
    expect(weaknessOf(secret)).toBeUndefined();
  });

  it('of any length and characters is judged without an error and without a delay', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (secret) => typeof weaknessOf(secret) !== 'number'),
    );
    expect(weaknessOf('ab'.repeat(100_000))).toMatch(/^is easy to guess/);
  });

  it('passes if it is made by the command in SECRET_REMEDY', () => {
    expect(SECRET_REMEDY).toContain('openssl rand -base64 48');
  });
});
