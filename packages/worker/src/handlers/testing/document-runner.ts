import { DEFAULT_READING } from '../../documents/reading-settings.ts';
import type { TaskRunner } from '../../running/task-runner.ts';
import { createRunner, type RunnerChanges, type TestBackend } from '../../testing/test-backend.ts';
import { documentHandlers } from '../document-ingest.ts';

/** A runner that also has the handlers of documents. */
export function createDocumentRunner(backend: TestBackend, changed: RunnerChanges = {}): TaskRunner {
  const { database, documents, storage } = backend;
  const handlers = documentHandlers({ database, documents, storage, reading: DEFAULT_READING });
  return createRunner(backend, { ...changed, handlers });
}
