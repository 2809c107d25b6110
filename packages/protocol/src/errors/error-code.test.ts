import { expect, it } from 'vitest';
import { ERROR_CODES } from './error-code.ts';

it('is retryable only for answers that may change by themselves (MUST 16)', () => {
  const retryable = Object.entries(ERROR_CODES).flatMap(([code, entry]) => (entry.isRetryable ? [code] : []));
  expect(retryable).toEqual(['TOO_MANY_REQUESTS', 'SERVICE_UNAVAILABLE', 'INSUFFICIENT_STORAGE']);
});

it('gives every code its own status', () => {
  const statuses = Object.values(ERROR_CODES).map((entry) => entry.status);
  expect(new Set(statuses).size).toBe(statuses.length);
});
