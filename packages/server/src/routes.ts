import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Caller } from '@taskwire/router';
import type { UploadStorage } from '@taskwire/uploads';
import type { Request, Response } from 'express';
import type { Logger } from 'pino';
import { sendUpload } from './uploads/send-upload.ts';

/** An Express router or middleware, of whichever version. */
export type RouteHandler = {
  handle(request: IncomingMessage, response: ServerResponse, next: (error?: unknown) => void): unknown;
}['handle'];

/** An upload as an answer. */
export interface SendUploadOptions {
  uploadId: string;
  /** Headers of an answer with the file or a part of it. */
  headers: Readonly<Record<string, string>>;
}

/** Takes a request and an answer of Express, of whichever version. */
export type SendUpload = {
  send(request: IncomingMessage, response: ServerResponse, upload: SendUploadOptions): Promise<boolean>;
}['send'];

/** Parts of the server that own routes use. */
export interface RouteTools {
  /** The caller of a request. @throws TaskwireError UNAUTHENTICATED. */
  readonly requireCaller: (request: IncomingMessage) => Promise<Caller>;
  /**
   * Sends the file of an upload, or the part that the request's `Range` names.
   * @returns false if there is no such file; then nothing is sent.
   */
  readonly sendUpload: SendUpload;
  readonly logger: Logger;
}

/**
 * Functions that make own routes, by the path where each is mounted: `{ '/api/v1/documents': (tools) => router }`. Errors
 * that a route throws or passes on are answered in Taskwire's form.
 */
export type OwnRoutes = Readonly<Record<string, (tools: RouteTools) => RouteHandler>>;

/** Sends uploads of a storage. */
export function sendUploadFrom(storage: UploadStorage): SendUpload {
  return (request: Request, response: Response, upload: SendUploadOptions) =>
    sendUpload(request, response, { storage, ...upload });
}
