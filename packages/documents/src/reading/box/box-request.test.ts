import { expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../limits.ts';
import { decodeBoxRequest, encodeBoxRequest, type BoxJob } from './box-request.ts';

it.each<BoxJob>([
  { type: 'text', mediaType: 'text/html; a=b&c' },
  { type: 'images', pages: [1, 7, 30] },
])('a request survives its way through an argument: $type', (job) => {
  const request = { job, limits: { ...DEFAULT_LIMITS, cpuSeconds: 0.5 }, parentId: 7 };
  expect(decodeBoxRequest(encodeBoxRequest(request))).toEqual(request);
});
