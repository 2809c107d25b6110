import { basename } from 'node:path';
import type { TaskwireCalls, UploadFieldDescription } from '@taskwire/client';
import { checkFile } from './check-file.ts';
import { assignFiles, type FileOfField } from './file-option.ts';
import { openFile } from './option-parsers.ts';
import { putAt } from './put-at.ts';
import { UsageError } from './usage-error.ts';

/** A kind, with its input's JSON schema and its fields for files, if the server describes them. */
export interface UploadingKind {
  kind: string;
  inputSchema?: Readonly<Record<string, unknown>>;
  uploads?: readonly UploadFieldDescription[];
}

/**
 * Uploads files and puts their ids into an input. Every file is checked before the first one is sent.
 * @param given the `--file` options: `field=path`, or a path.
 * @throws UsageError, naming field and remedy.
 */
export async function withUploads(
  client: TaskwireCalls,
  { kind, uploads }: UploadingKind,
  { input, given }: { input: unknown; given: readonly string[] },
): Promise<unknown> {
  if (given.length === 0) return input;
  if (uploads === undefined) throw new UsageError('--file: this server does not say where files go; update it');
  const files = inOrderOfItems(await assignFiles(kind, uploads, given));
  const server = await client.config();
  const opened: OpenedFile[] = [];
  for (const { place, path, field } of files) {
    const content = await openFile(path, place === '' ? '--file' : `--file: ${place}`);
    checkFile({ place, path, field }, content.size, server);
    opened.push({ place: place === '' ? [] : place.split('.'), fileName: basename(path), content });
  }
  // The first filling finds a place that the input does not have.
  fill(input, opened, () => '');
  const ids = new Map<OpenedFile, string>();
  for (const file of opened) {
    const { uploadId } = await client.upload(file.content, { fileName: file.fileName });
    ids.set(file, uploadId);
  }
  return fill(input, opened, (file) => ids.get(file));
}

/** Earlier items of a list first, so that each next one has its place. */
function inOrderOfItems(files: readonly FileOfField[]): FileOfField[] {
  return files.toSorted((one, other) => one.place.localeCompare(other.place, 'en', { numeric: true }));
}

interface OpenedFile {
  place: readonly string[];
  fileName: string;
  content: Blob;
}

function fill(input: unknown, files: readonly OpenedFile[], idOf: (file: OpenedFile) => string | undefined): unknown {
  return files.reduce((filled: unknown, file) => putAt(filled, file.place, idOf(file)), input);
}
