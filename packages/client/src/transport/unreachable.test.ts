import { afterEach, expect, test, vi } from 'vitest';
import { createTaskwireClient } from '../index.ts';

afterEach(() => void vi.unstubAllGlobals());

/** Port 1 (tcpmux) is served nowhere. */
const url = 'http://127.0.0.1:1';

/** Returns the message of a failed call to an absent server, in a page of that address; undefined: outside of pages. */
async function messageIn(page: string | undefined): Promise<string> {
  if (page !== undefined) vi.stubGlobal('location', { href: page });
  const client = createTaskwireClient({ url });
  try {
    return await client.config().then(
      () => 'reached',
      (error: unknown) => (error instanceof Error ? error.message : ''),
    );
  } finally {
    client.close();
  }
}

test.each(['http://localhost:5173/tasks?x=1#y', 'https://app.example/'])(
  'the error in a page of another origin, %s, names CORS_ORIGINS, beside the unreachable server',
  async (page) => {
    expect(await messageIn(page)).toBe(
      `cannot reach ${url}: is the server running there, and does its setting CORS_ORIGINS name ${new URL(page).origin}, the origin of this page?`,
    );
  },
);

test('the error does not mention origins in a page of the server, a file or a program', async () => {
  for (const page of [`${url}/vue/`, 'about:blank', undefined]) {
    expect(await messageIn(page)).toBe(`cannot reach ${url}: is the server running there?`);
    vi.unstubAllGlobals();
  }
});
