import type { RequestListener, Server } from 'node:http';
import { TaskwireError } from '@taskwire/protocol';
import type { RequestHandler } from 'express';
import { errorBody } from '../answers/error-body.ts';

const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'OPTIONS'];
const ALLOW = METHODS.join(', ');

/** Refuses requests that no handler can read. @throws TaskwireError METHOD_NOT_ALLOWED or INVALID_INPUT. */
export function checkRequest(): RequestHandler {
  return (request, response, next) => {
    if (!METHODS.includes(request.method)) {
      response.set('Allow', ALLOW);
      throw new TaskwireError('METHOD_NOT_ALLOWED', `the method is none of ${ALLOW}`);
    }
    if (!isDecodable(request.path)) throw unreadable('the address cannot be decoded: write % as %25');
    next();
  };
}

/** Refuses an address without a path (`http://[`): Express would answer with a page of its own. */
export function withPath(answer: RequestListener): RequestListener {
  return (request, response) => {
    const { url = '' } = request;
    if (url.startsWith('/') || url === '*' || URL.canParse(url)) return answer(request, response);
    const error = unreadable('the address is no URL: begin it with /');
    const body = JSON.stringify(errorBody(error));
    const contentLength = Buffer.byteLength(body);
    response.writeHead(error.status, { 'Content-Type': 'application/json', 'Content-Length': contentLength }).end(body);
  };
}

function unreadable(message: string): TaskwireError {
  return new TaskwireError('INVALID_INPUT', message);
}

/** Answers CONNECT, which reaches no handler: Node would cut the connection without an answer. */
export function refuseConnect(server: Server): void {
  server.on('connect', (_request, socket) => {
    socket.on('error', () => undefined);
    socket.end(`HTTP/1.1 405 Method Not Allowed\r\nAllow: ${ALLOW}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`);
  });
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/**
 * The path and the query of a request's address, as URL parsers split it: without the fragment, at the first question
 * mark.
 */
export function splitAddress(address: string): { path: string; query: string } {
  const [sent = ''] = address.split('#', 1);
  const end = sent.indexOf('?');
  return end === -1 ? { path: sent, query: '' } : { path: sent.slice(0, end), query: sent.slice(end + 1) };
}
