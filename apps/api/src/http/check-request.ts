import type { Server } from 'node:http';
import { TaskwireError } from '@taskwire/protocol';
import type { RequestHandler } from 'express';

const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'OPTIONS'];
const ALLOW = METHODS.join(', ');

/** Refuses what no handler can read, before one fails on it. @throws TaskwireError METHOD_NOT_ALLOWED or INVALID_INPUT. */
export function checkRequest(): RequestHandler {
  return (request, response, next) => {
    if (!METHODS.includes(request.method)) {
      response.set('Allow', ALLOW);
      throw new TaskwireError('METHOD_NOT_ALLOWED', `the method is none of ${ALLOW}`);
    }
    if (!isDecodable(request.path)) {
      throw new TaskwireError('INVALID_INPUT', 'the address cannot be decoded: write % as %25');
    }
    next();
  };
}

/** CONNECT never reaches a handler: Node would cut the connection without a word. */
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
