import type { FieldError } from '@taskwire/protocol';

/** What `POST /api/v1/uploads` answers. */
export interface Upload {
  uploadId: string;
  fileName: string;
  mediaType: string;
  sizeBytes: number;
}

/** What `GET /api/v1/config` answers. */
export interface ServerConfig {
  /** `dev`: the server lets people sign in by a name; `token`: bring a token. */
  authMode: 'dev' | 'token';
  /** The kinds of which tasks can be created. A server of an older version does not say. */
  kinds?: string[];
  maxUploadBytes: number;
  acceptedMediaTypes: string[];
}

/** What the development sign-in answers. */
export interface SignIn {
  token: string;
  userId: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

/** A value whose fields can be looked at. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

export function isUpload(value: unknown): value is Upload {
  if (!isRecord(value)) return false;
  const texts = [value['uploadId'], value['fileName'], value['mediaType']];
  return texts.every((text) => typeof text === 'string') && typeof value['sizeBytes'] === 'number';
}

export function isServerConfig(value: unknown): value is ServerConfig {
  if (!isRecord(value)) return false;
  const types = value['acceptedMediaTypes'];
  const knownMode = value['authMode'] === 'dev' || value['authMode'] === 'token';
  return knownMode && typeof value['maxUploadBytes'] === 'number' && Array.isArray(types) && types.every(isText);
}

export function isSignIn(value: unknown): value is SignIn {
  if (!isRecord(value)) return false;
  return isText(value['token']) && isText(value['userId']) && typeof value['expiresAt'] === 'number';
}

/** The refused fields in an error's description; anything else in there is left out. */
export function readFields(value: unknown): FieldError[] {
  return Array.isArray(value) ? value.filter(isFieldError).map(({ path, message }) => ({ path, message })) : [];
}

function isFieldError(value: unknown): value is FieldError {
  return isRecord(value) && isText(value['path']) && isText(value['message']);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
