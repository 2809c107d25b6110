import { createTaskwireClient } from '@taskwire/client';
import type { AppRouter } from '../server.ts';

// `taskwire dev` gives a token for trials. In production the page sends your own session instead.
const token = import.meta.env.VITE_TASKWIRE_TOKEN;

export const client = createTaskwireClient<AppRouter>({
  url: location.origin,
  ...(token === undefined ? { credentials: 'include' } : { token }),
});

/** A text to try the page with, without a file at hand. */
export function sampleFile(): File {
  const lines = Array.from({ length: 40 }, (_, index) => `This is line ${index + 1} of a text that is counted live.`);
  return new File([lines.join('\n')], 'sample.txt', { type: 'text/plain' });
}
