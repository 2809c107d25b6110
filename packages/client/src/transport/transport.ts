import { TaskwireClientError } from '../errors/client-error.ts';
import { isRecord } from './shapes.ts';
import { toClientError } from '../errors/to-client-error.ts';

/**
 * The caller's token, or a function that gives it. The function is called for each request and each (re)connect of a
 * stream, so it may renew the token. Undefined: no token.
 */
export type TokenSource = string | (() => string | undefined | Promise<string | undefined>);

/** Access of a client to its server. */
export interface Transport {
  /** Absolute, without a slash at the end. */
  readonly url: string;
  /** URL of the server's tRPC. */
  readonly trpcUrl: string;
  /** Whether the token source may give another token when it is asked again. */
  readonly isTokenRenewable: boolean;
  /** `{ authorization }` with a fresh token, or no header. */
  authorization(): Promise<Record<string, string>>;
  /** `fetch`. Abort errors are rethrown. @throws TaskwireClientError NETWORK if the server cannot be reached. */
  fetch(input: string | URL | Request, init?: RequestInit): Promise<Response>;
}

export interface TransportSettings {
  /** URL of the server, or of the path at which another server has Taskwire's handler. Empty: the page's own server. */
  url: string;
  token?: TokenSource | undefined;
  /** `include` for sessions by cookie, instead of a token: browsers then send cookies to other origins too. */
  credentials?: RequestInit['credentials'];
  /** URL of tRPC if another server answers it; absent: `/trpc` below `url`. */
  trpcUrl?: string | undefined;
  fetch?: typeof fetch | undefined;
}

/** @throws TaskwireClientError INVALID_INPUT if the URL is not one. */
export function createTransport(settings: TransportSettings): Transport {
  const url = resolveUrl(settings.url, 'url');
  const { token, credentials } = settings;
  return {
    url,
    trpcUrl: settings.trpcUrl === undefined ? `${url}/trpc` : resolveUrl(settings.trpcUrl, 'trpcUrl'),
    isTokenRenewable: typeof token === 'function',
    authorization: async () => authorizationOf(await currentToken(token)),
    async fetch(input, init) {
      try {
        const request = credentials === undefined ? init : { ...init, credentials };
        return await (settings.fetch ?? globalThis.fetch)(input, request);
      } catch (error) {
        if (isAbort(error, init)) throw error;
        throw new TaskwireClientError('NETWORK', unreachable(url), { cause: error });
      }
    },
  };
}

/** In a page a URL may be relative; an empty one is the page's own server. `setting` is named in the error. */
function resolveUrl(url: string, setting: string): string {
  const base = pageUrl();
  const resolved = URL.canParse(url, base) ? new URL(url, base) : undefined;
  // Of `localhost:4000`, `localhost:` counts as the scheme: such a URL has no origin.
  if (resolved === undefined || resolved.origin === 'null') {
    throw new TaskwireClientError(
      'INVALID_INPUT',
      `${setting}: "${url}" is not a URL; give one such as http://127.0.0.1:4000`,
      {
        fields: [{ path: setting, message: 'not an absolute URL' }],
      },
    );
  }
  const { origin, pathname } = resolved;
  return url === '' ? origin : `${origin}${pathname}`.replace(/\/+$/, '');
}

/** A browser hides why a call to another origin failed: the server may be away, or it may not allow the page. */
function unreachable(url: string): string {
  const page = pageUrl();
  const origin = page === undefined ? 'null' : new URL(page).origin;
  const isForeign = origin !== 'null' && origin !== new URL(url).origin;
  const remedy = isForeign ? `, and does its setting CORS_ORIGINS name ${origin}, the origin of this page?` : '?';
  return `cannot reach ${url}: is the server running there${remedy}`;
}

/** URL of the page that runs this code; undefined outside of pages. */
function pageUrl(): string | undefined {
  const location: unknown = Reflect.get(globalThis, 'location');
  return isRecord(location) && typeof location['href'] === 'string' ? location['href'] : undefined;
}

async function currentToken(token: TokenSource | undefined): Promise<string | undefined> {
  if (typeof token !== 'function') return token;
  try {
    return await token();
  } catch (error) {
    const known = toClientError(error);
    // An error with a code of its own says whether a retry helps. Any other one counts as an outage, and is retryable.
    if (known.code !== 'INTERNAL') throw known;
    throw new TaskwireClientError('NETWORK', 'the token could not be fetched', { cause: error });
  }
}

function authorizationOf(token: string | undefined): Record<string, string> {
  if (token === undefined || token === '') return {};
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new TaskwireClientError(
      'UNAUTHENTICATED',
      'the token holds characters that no token has: is it cut or quoted?',
    );
  }
  return { authorization: `Bearer ${token}` };
}

function isAbort(error: unknown, init: RequestInit | undefined): boolean {
  return init?.signal?.aborted === true || (error instanceof Error && error.name === 'AbortError');
}
