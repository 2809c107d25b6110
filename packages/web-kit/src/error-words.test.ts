import { ERROR_CODES, TaskwireError } from '@taskwire/protocol';
import { describe, expect, it } from 'vitest';
import { errorCodeOf, errorWords } from './error-words.ts';

describe('errorCodeOf', () => {
  it('reads the code of an error that carries one', () => {
    expect(errorCodeOf(new TaskwireError('NOT_FOUND', 'gone'))).toBe('NOT_FOUND');
  });

  it('reads Taskwire’s code out of a tRPC error, not tRPC’s own', () => {
    const error = Object.assign(new Error('no'), { data: { code: 'UNAUTHORIZED', taskwireCode: 'UNAUTHENTICATED' } });
    expect(errorCodeOf(error)).toBe('UNAUTHENTICATED');
  });

  it('takes a failed fetch, however wrapped, for a network that is away', () => {
    expect(errorCodeOf(new Error('failed', { cause: new TypeError('Failed to fetch') }))).toBe('NETWORK');
  });

  it('takes anything else for an inner error', () => {
    expect([errorCodeOf('x'), errorCodeOf(undefined), errorCodeOf({ code: 'EACCES' })]).toEqual([
      'INTERNAL',
      'INTERNAL',
      'INTERNAL',
    ]);
  });
});

describe('errorWords', () => {
  it('offers to try again exactly when the same call may succeed', () => {
    expect(errorWords(new TaskwireError('SERVICE_UNAVAILABLE', 'draining')).isRetryable).toBe(true);
    expect(errorWords(new TypeError('Failed to fetch')).isRetryable).toBe(true);
    expect(errorWords(new TaskwireError('NOT_FOUND', 'gone')).isRetryable).toBe(false);
  });

  it.each(Object.keys(ERROR_CODES))('says what to do about %s', (code) => {
    const words = errorWords(Object.assign(new Error('query: too short'), { code }));
    expect(words.title).not.toBe('');
    expect(words.advice).toMatch(/[.!?]$/);
  });

  it('hands on the words of a refusal that names the field', () => {
    expect(errorWords(new TaskwireError('INVALID_INPUT', 'query: too long')).advice).toBe('Query: too long.');
  });
});
