import { randomUUID } from 'node:crypto';
import type { Request, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';

/** The path alone: a query may hold what somebody typed. */
function pathOf(request: Request): string {
  return request.originalUrl.split('?', 1)[0] ?? '';
}

/** Static files and health probes would drown the rest. */
function isNoise(request: Request): boolean {
  return !/^\/(api|trpc)\//.test(pathOf(request));
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
      req: (request: Request) => ({ id: request.id, method: request.method, path: pathOf(request) }),
      res: (response: Response) => ({ statusCode: response.statusCode }),
    },
    customLogLevel: levelOf,
  });
}
