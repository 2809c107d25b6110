import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import { LineLimit } from './line-limit.ts';

/** Longest path (characters) in a line. */
const LONGEST_PATH = 200;

/** The path, shortened, without the query: a query may hold text that a person typed. */
function pathOf(url: string): string {
  const end = url.indexOf('?');
  const length = end === -1 ? url.length : end;
  return length <= LONGEST_PATH ? url.slice(0, length) : `${url.slice(0, LONGEST_PATH)}…`;
}

/** Static files and health probes would drown the rest. */
function isNoise(request: Request): boolean {
  return !/\/(api|trpc)\//.test(pathOf(request.originalUrl));
}

function levelOf(request: Request, response: Response, error?: Error) {
  if (error !== undefined || response.statusCode >= 500) return isNoise(request) ? 'warn' : 'error';
  return isNoise(request) ? 'debug' : 'info';
}

function withoutError({ err: _err, ...line }: Record<string, unknown>): Record<string, unknown> {
  return line;
}

/** Limits the lines of refused requests, by status: any client can cause them. */
export function refusalLimit(logger: Logger): LineLimit {
  return new LineLimit((status, lines) => logger.info({ status: Number(status), lines }, 'refused requests left out'));
}

function isLeftOut(refusals: LineLimit, status: number): boolean {
  return status >= 400 && status < 500 && !refusals.admits(String(status));
}

/**
 * Logs one line per request at its end: id, method, path, status, time. The line has no header, no query and no body.
 * The request's id also stands in the answer's X-Request-Id.
 */
export function requestLog(logger: Logger, refusals = refusalLimit(logger)): RequestHandler {
  return pinoHttp<Request, Response>({
    logger,
    wrapSerializers: false,
    genReqId: (_request, response) => {
      const id = randomUUID();
      response.setHeader('X-Request-Id', id);
      return id;
    },
    serializers: {
      req: (request: Request) => ({ id: request.id, method: request.method, path: pathOf(request.originalUrl) }),
      res: (response: Response) => ({ statusCode: response.statusCode }),
    },
    // The failure has a line of its own; pino-http would invent an error without a useful stack.
    customErrorObject: (...[, , , line]: [unknown, unknown, unknown, Record<string, unknown>]) => withoutError(line),
    customLogLevel: (request, response, error) => {
      refusals.tick();
      const { statusCode } = response;
      return isLeftOut(refusals, statusCode) ? 'silent' : levelOf(request, response, error);
    },
  });
}

/** Log of one stream. */
export interface StreamLog {
  /** Makes a logger that names the request. */
  logger(): Logger;
  /** Records the HTTP status of the error that the stream consists of. */
  refused(status: number): void;
}

/** The address with the prefix of the mount: an outer app takes the prefix off `url`, and keeps the whole. */
function addressOf(request: IncomingMessage): string {
  const original: unknown = 'originalUrl' in request ? request.originalUrl : undefined;
  return typeof original === 'string' ? original : (request.url ?? '');
}

/** The same for a stream that does not go through Express. It keeps only the fields of the line in memory. */
export function logStream(
  { logger, refusals }: { logger: Logger; refusals: LineLimit },
  request: IncomingMessage,
  response: ServerResponse,
): StreamLog {
  const id = randomUUID();
  const begunAt = Date.now();
  const req = { id, method: request.method, path: pathOf(addressOf(request)) };
  let refusal: number | undefined;
  response.setHeader('X-Request-Id', id);
  response.once('close', () => {
    if (refusal !== undefined && isLeftOut(refusals, refusal)) return;
    const res = { statusCode: response.statusCode, ...(refusal === undefined ? {} : { refusedAs: refusal }) };
    const how = response.writableFinished ? 'request completed' : 'request aborted';
    logger.info({ req, res, responseTime: Date.now() - begunAt }, how);
  });
  return {
    logger: () => logger.child({ req }),
    refused: (status) => void (refusal = status),
  };
}
