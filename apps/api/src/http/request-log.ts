import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';

/** The path alone: a query may hold what somebody typed. */
function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? '';
}

/** Static files and health probes would drown the rest. */
function isNoise(request: Request): boolean {
  return !/^\/(api|trpc)\//.test(pathOf(request.originalUrl));
}

function levelOf(request: Request, response: Response, error?: Error) {
  if (error !== undefined || response.statusCode >= 500) return isNoise(request) ? 'warn' : 'error';
  return isNoise(request) ? 'debug' : 'info';
}

/**
 * One line per request, when it is over: id, method, path, status, time. No header, no query and no body gets into it.
 * The request's id also stands in the answer's X-Request-Id.
 */
export function requestLog(logger: Logger): RequestHandler {
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
    customLogLevel: levelOf,
  });
}

/**
 * The same for a stream that does not go through Express, with no more in memory meanwhile than the line takes.
 * @returns what makes a logger that names the request.
 */
export function logStream(logger: Logger, request: IncomingMessage, response: ServerResponse): () => Logger {
  const id = randomUUID();
  const begunAt = Date.now();
  const req = { id, method: request.method, path: pathOf(request.url ?? '') };
  response.setHeader('X-Request-Id', id);
  response.once('close', () => {
    const res = { statusCode: response.statusCode };
    const how = response.writableFinished ? 'request completed' : 'request aborted';
    logger.info({ req, res, responseTime: Date.now() - begunAt }, how);
  });
  return () => logger.child({ req });
}
