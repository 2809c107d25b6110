import type { IncomingMessage, ServerResponse } from 'node:http';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Answers of proxies and other servers, with their names. */
export const FOREIGN_ANSWERS: readonly (readonly [string, Answer])[] = [
  ['404 in plain text, as a proxy without a route', answer(404, 'text/plain', '404 page not found\n')],
  ['401 of basic auth', refuseBasicAuth],
  ['403 of a firewall in JSON', answer(403, 'application/json', '{"error":{"code":"FORBIDDEN","message":"blocked"}}')],
  ['404 with another number', answer(404, 'application/json', httpError('INVALID_INPUT'))],
  ['404 with an unknown code', answer(404, 'application/json', httpError('NO_ROUTE'))],
  ['404 with a text as its error', answer(404, 'application/json', '{"error":"Not Found","statusCode":404}')],
  ['404 of another tRPC server', answer(404, 'application/json', trpcError({ code: 'NOT_FOUND', httpStatus: 404 }))],
  ['405 without a body', answer(405, undefined, '')],
  ['413 of nginx', answer(413, 'text/html', '<html>413 Request Entity Too Large</html>')],
  ['400 with JSON that is cut off', answer(400, 'application/json', '{"error":{"code":"INVALID_INPUT","mess')],
  ['502 of nginx', answer(502, 'text/html', '<html>502 Bad Gateway</html>')],
  ['500 without a body', answer(500, undefined, '')],
  ['200 with a login page', answer(200, 'text/html', '<html>Sign in</html>')],
  ['200 without a body', answer(200, undefined, '')],
  ['200 with JSON of its own', answer(200, 'application/json', '{"status":"starting"}')],
  ['200 with an empty list', answer(200, 'application/json', '[]')],
  ['200 with null', answer(200, 'application/json', 'null')],
  ['404 with a list of nothing', answer(404, 'application/json', '[null]')],
  ['200 with JSON that is cut off', answer(200, 'application/json', '{"result":{"data":{"it')],
  ['204', (_request, response) => response.writeHead(204).end()],
  ['a redirect to a login page', redirectToLogin],
  ['a body that breaks off', breakOff],
  ['a body without an end', flood('text/html')],
  ['a JSON body without an end', flood('application/json')],
];

/** Streams of other servers that begin like Taskwire's. */
export const FOREIGN_STREAMS: readonly (readonly [string, string])[] = [
  ['an error of another tRPC server', frame('serialized-error', trpcFailure({ code: 'NOT_FOUND', httpStatus: 404 }))],
  ['an error of another form', frame('serialized-error', { hello: 'world' })],
  ['an error that is nothing', frame('serialized-error', null)],
  ['data that is not a message', frame(undefined, { hello: 'world' })],
  ['data that is not an object', frame(undefined, 7)],
  ['a beginning that is nothing', 'event: connected\ndata: null\n\n'],
  ['an envelope that is nothing', frame(undefined, null)],
  ['an end at once', frame('return', '')],
  ['nothing', ''],
];

function answer(status: number, type: string | undefined, body: string): Answer {
  return (_request, response) => {
    response.writeHead(status, type === undefined ? {} : { 'content-type': type }).end(body);
  };
}

function refuseBasicAuth(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(401, { 'content-type': 'text/html', 'www-authenticate': 'Basic realm="staging"' }).end('<html>');
}

function redirectToLogin({ url }: IncomingMessage, response: ServerResponse): void {
  if (url?.startsWith('/login') === true) response.writeHead(200, { 'content-type': 'text/html' }).end('<html>');
  else response.writeHead(302, { location: '/login' }).end();
}

function breakOff(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(404, { 'content-type': 'application/json', 'content-length': '1000' }).write('{"error":');
  response.socket?.end();
}

/** Sends without an end, as fast as the caller reads. */
function flood(type: string): Answer {
  return (_request, response) => {
    response.writeHead(502, { 'content-type': type });
    const send = () => {
      while (response.write('x'.repeat(65_536)));
    };
    response.on('drain', send);
    send();
  };
}

function httpError(code: string): string {
  return JSON.stringify({ error: { code, message: 'refused', fields: [] } });
}

function trpcFailure(data: object) {
  return { message: 'refused', code: -32_004, data };
}

function trpcError(data: object): string {
  return JSON.stringify([{ error: trpcFailure(data) }]);
}

function frame(event: string | undefined, data: unknown): string {
  const lines = event === undefined ? [] : [`event: ${event}`];
  return ['event: connected\ndata: {}\n', ...lines, `data: ${JSON.stringify(data)}\n\n`].join('\n');
}
