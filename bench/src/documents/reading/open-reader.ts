import { readFile } from 'node:fs/promises';
import { describeReadingFailure, DocumentError, parserOf, type ParsedPart } from '@taskwire/documents';

/** Reads a document in this process. */
export async function* openReader(request: {
  path: string;
  mediaType: string;
  signal: AbortSignal;
}): AsyncGenerator<ParsedPart[], void> {
  const parse = parserOf(request.mediaType);
  if (parse === undefined) return;
  try {
    const bytes = new Uint8Array(await readFile(request.path));
    for await (const part of parse(bytes)) {
      request.signal.throwIfAborted();
      yield [part];
    }
  } catch (error) {
    const { code, message } = describeReadingFailure(error);
    throw new DocumentError(code, message, { cause: error });
  }
}
