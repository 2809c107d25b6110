import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

/** Headers of an answer that a page of another origin may read. */
const EXPOSED_HEADERS = 'Retry-After, X-Request-Id, WWW-Authenticate';
const ALLOWED_METHODS = 'GET, HEAD, POST';
/** Time (s) for which a browser remembers a preflight: the longest that Chromium accepts. */
const PREFLIGHT_SECONDS = '7200';

/**
 * Lets pages of other origins call everything that `answer` answers (CORS, https://fetch.spec.whatwg.org/#http-cors-protocol):
 * streams and errors too, as it stands before all of them. It answers each preflight; one of another page allows nothing,
 * so that the browser names the missing permission and no foreign status. Nothing is allowed to send cookies: callers bring tokens.
 * @param origins as a browser sends them: scheme, host and port.
 */
export function crossOrigin(origins: readonly string[], answer: RequestListener): RequestListener {
  const allowed = new Set(origins);
  return (request, response) => {
    const { origin } = request.headers;
    if (allowed.size > 0) varyBy('Origin', response);
    const isAllowed = origin !== undefined && allowed.has(origin);
    if (isAllowed) {
      response.setHeader('Access-Control-Allow-Origin', origin);
      response.setHeader('Access-Control-Expose-Headers', EXPOSED_HEADERS);
    }
    if (!isPreflight(request)) return answer(request, response);
    if (isAllowed) allowAll(request, response);
    response.writeHead(204).end();
  };
}

/** Keeps a name in the `Vary` of an answer, whatever is set there later. */
function varyBy(name: string, response: ServerResponse): void {
  const setHeader = response.setHeader.bind(response);
  response.setHeader = (header, value) => {
    if (header.toLowerCase() !== 'vary') return setHeader(header, value);
    const names = [value].flat().join(', ');
    return setHeader(header, new RegExp(`(^|,) *(${name}|\\*) *(,|$)`, 'i').test(names) ? names : `${name}, ${names}`);
  };
  setHeader('Vary', name);
}

function isPreflight({ method, headers }: IncomingMessage): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined;
}

/** Every header may be sent: which ones a caller's libraries add is not known, and none is trusted. */
function allowAll({ headers }: IncomingMessage, response: ServerResponse): void {
  const requested = headers['access-control-request-headers'];
  response.setHeader('Vary', 'Origin, Access-Control-Request-Headers');
  response.setHeader('Access-Control-Allow-Methods', ALLOWED_METHODS);
  if (requested !== undefined) response.setHeader('Access-Control-Allow-Headers', requested);
  response.setHeader('Access-Control-Max-Age', PREFLIGHT_SECONDS);
}
