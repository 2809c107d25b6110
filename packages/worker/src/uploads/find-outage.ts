import { UploadStorageError } from '@taskwire/uploads';

/** Longest chain of causes that is looked at. */
const MOST_CAUSES = 5;

/** The outage of the uploads' storage that an error is or has as a cause; undefined if there is none. */
export function findOutage(thrown: unknown): UploadStorageError | undefined {
  let error = thrown;
  for (let depth = 0; depth < MOST_CAUSES && error instanceof Error; depth += 1) {
    if (error instanceof UploadStorageError && error.isOutage) return error;
    error = error.cause;
  }
  return undefined;
}
