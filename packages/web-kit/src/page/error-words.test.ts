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

  it('reads a failed fetch, also a wrapped one, as NETWORK', () => {
    expect(errorCodeOf(new Error('failed', { cause: new TypeError('Failed to fetch') }))).toBe('NETWORK');
  });

  it('reads any other value as INTERNAL', () => {
    expect([errorCodeOf('x'), errorCodeOf(undefined), errorCodeOf({ code: 'EACCES' })]).toEqual([
      'INTERNAL',
      'INTERNAL',
      'INTERNAL',
    ]);
  });
});

describe('errorWords', () => {
  it('is retryable exactly when the same call may succeed later', () => {
    expect(errorWords(new TaskwireError('SERVICE_UNAVAILABLE', 'draining')).isRetryable).toBe(true);
    expect(errorWords(new TypeError('Failed to fetch')).isRetryable).toBe(true);
    expect(errorWords(new TaskwireError('NOT_FOUND', 'gone')).isRetryable).toBe(false);
  });

  it.each(Object.keys(ERROR_CODES))('has advice for %s', (code) => {
    const words = errorWords(Object.assign(new Error('query: too short'), { code }));
    expect(words.title).not.toBe('');
    expect(words.advice).toMatch(/[.!?]$/);
  });

  it('shows the message of a refusal, which names the field', () => {
    expect(errorWords(new TaskwireError('INVALID_INPUT', 'query: too long')).advice).toBe('Query: too long.');
  });
});
