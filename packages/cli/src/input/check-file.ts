import { extname } from 'node:path';
import { acceptsMediaType } from '@taskwire/tasks';
import type { FileOfField } from './file-option.ts';
import { UsageError } from './usage-error.ts';

/** The server's limits for uploads, from its configuration. */
export interface ServerLimits {
  maxUploadBytes: number;
  acceptedMediaTypes: readonly string[];
}

/**
 * Refuses a file that the server would refuse after the upload: it is too large, or of a type that the field does not
 * accept. Only types that a name shows for certain are refused; the server looks at the bytes.
 * @throws UsageError, naming the field and the remedy.
 */
export function checkFile({ path, place, field }: FileOfField, sizeBytes: number, server: ServerLimits): void {
  if (sizeBytes === 0) throw new UsageError(`--file: ${place}: ${path} is empty; give a file with something in it`);
  const maxBytes = Math.min(field.maxBytes ?? Infinity, server.maxUploadBytes);
  if (sizeBytes > maxBytes) {
    const sizes = `it has ${sizeBytes} bytes, and ${place} takes at most ${maxBytes}`;
    throw new UsageError(`--file: ${place}: ${path} is too large: ${sizes}; give a smaller file`);
  }
  const accept = field.accept ?? server.acceptedMediaTypes;
  const type = TYPES.get(extname(path).toLowerCase());
  if (type === undefined || acceptsMediaType({ accept }, type)) return;
  throw new UsageError(`--file: ${place}: ${path} is ${type}, which it does not accept; give ${accept.join(', ')}`);
}

/** Media types by extension. Texts are missing: the server finds out which sort of text one is. */
const TYPES: ReadonlyMap<string, string> = new Map([
  ['.png', 'image/png'],
  ['.jpg', 'image/jpeg'],
  ['.jpeg', 'image/jpeg'],
  ['.gif', 'image/gif'],
  ['.webp', 'image/webp'],
  ['.avif', 'image/avif'],
  ['.tif', 'image/tiff'],
  ['.tiff', 'image/tiff'],
  ['.pdf', 'application/pdf'],
  ['.zip', 'application/zip'],
  ['.gz', 'application/gzip'],
  ['.mp3', 'audio/mpeg'],
  ['.flac', 'audio/flac'],
  ['.mp4', 'video/mp4'],
  ['.epub', 'application/epub+zip'],
  ['.docx', 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ['.xlsx', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
  ['.pptx', 'application/vnd.openxmlformats-officedocument.presentationml.presentation'],
]);
