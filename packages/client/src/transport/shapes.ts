import type { FieldError } from '@taskwire/protocol';

/** Answer of `POST /api/v1/uploads`. */
export interface Upload {
  uploadId: string;
  fileName: string;
  mediaType: string;
  sizeBytes: number;
}

/** Answer of `GET /api/v1/config`. */
export interface ServerConfig {
  /** `dev`: people sign in by a name. `token`: callers bring a token. */
  authMode: 'dev' | 'token';
  /** Kinds of tasks that can be created; absent from servers of older versions. */
  kinds?: string[];
  maxUploadBytes: number;
  acceptedMediaTypes: string[];
}

/** Answer of the development sign-in. */
export interface SignIn {
  token: string;
  userId: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

/** Whether the fields of a value can be read. */
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
  const isKnownMode = value['authMode'] === 'dev' || value['authMode'] === 'token';
  const hasKinds = value['kinds'] === undefined || isTextList(value['kinds']);
  return (
    isKnownMode && hasKinds && typeof value['maxUploadBytes'] === 'number' && isTextList(value['acceptedMediaTypes'])
  );
}

export function isSignIn(value: unknown): value is SignIn {
  if (!isRecord(value)) return false;
  return isText(value['token']) && isText(value['userId']) && typeof value['expiresAt'] === 'number';
}

/** The refused fields in an error's description, without its other items. */
export function readFields(value: unknown): FieldError[] {
  return Array.isArray(value) ? value.filter(isFieldError).map(({ path, message }) => ({ path, message })) : [];
}

function isFieldError(value: unknown): value is FieldError {
  return isRecord(value) && isText(value['path']) && isText(value['message']);
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every(isText);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
