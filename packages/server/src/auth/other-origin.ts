import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

const SAFE_METHODS: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];
const OWN_SITES: readonly unknown[] = ['same-origin', 'none'];

/** Schemes whose credentials a browser sends by itself, once a person has typed them in: RFC 7617, RFC 7616, RFC 4559. */
const SCHEMES_OF_BROWSERS = /^(?:basic|digest|negotiate|ntlm)\b/i;

/**
 * Whether a page of another origin may have made a browser send this request with its credentials (cross-site request
 * forgery).
 *
 * Nothing is changed by GET. A request with a token in its `Authorization` header is no forgery: a page of another origin
 * may send that header only after a preflight, which only the origins of `corsOrigins` pass. For the rest, browsers say
 * where a request comes from: by `Sec-Fetch-Site` (https and localhost), else by `Origin`. Programs that are no browsers
 * send neither.
 */
export function isOfOtherOrigin({ method = 'GET', headers }: IncomingMessage): boolean {
  if (SAFE_METHODS.includes(method) || !hasCredentialsOfBrowser(headers)) return false;
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return !OWN_SITES.includes(site);
  const { origin } = headers;
  return origin !== undefined && hostOf(origin) !== headers.host;
}

function hasCredentialsOfBrowser({ cookie, authorization }: IncomingHttpHeaders): boolean {
  return authorization === undefined ? cookie !== undefined : SCHEMES_OF_BROWSERS.test(authorization);
}

/** The host and port of an origin; undefined for `null`, which sandboxed pages have. */
function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
