import { DocumentError, readInBox, type BoxedDocument, type ParsedPart } from '@taskwire/documents';
import { PermanentTaskError } from '@taskwire/worker';

/**
 * Reads a document in a process of its own.
 * @yields batches of parts, in order.
 * @throws PermanentTaskError with the code of a DocumentError; the signal's reason; another Error if the process could
 * not be started.
 */
export async function* readDocument(
  document: BoxedDocument & { mediaType: string },
): AsyncGenerator<ParsedPart[], void> {
  try {
    yield* readInBox(document);
  } catch (error) {
    throw error instanceof DocumentError ? new PermanentTaskError(error.code, error.message, { cause: error }) : error;
  }
}
