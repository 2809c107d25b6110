import type { Database } from '@taskwire/db';
import type { DocumentDatabase } from '@taskwire/documents';
import { TASK_KINDS, taskDefinitions, type TaskKind } from '@taskwire/tasks';
import { derivedName, type UploadStorage } from '@taskwire/uploads';
import { DEFAULT_READING, type ReadingSettings } from '../../documents/reading-settings.ts';
import { Spool } from '../../documents/spool.ts';
import type { Handlers, HandlerServices } from '../../context/handler.ts';
import { Uploads } from '../../uploads/uploads.ts';

/** The handlers of a worker, and their services. */
export interface HandlerKit {
  handlers: Handlers;
  /** The kinds that this worker runs. Tasks of other kinds wait for another worker. */
  kinds: readonly TaskKind[];
  services: HandlerServices;
  uploads: Uploads;
}

/** Joins the handlers with their services. Handlers never see the storage of the uploads. */
export function createHandlerKit(
  handlers: Handlers,
  settings: {
    database: Database;
    documents: DocumentDatabase;
    storage: UploadStorage;
    hasDemoTasks: boolean;
    reading?: ReadingSettings;
  },
): HandlerKit {
  const { database, documents, storage, hasDemoTasks } = settings;
  return {
    handlers,
    kinds: TASK_KINDS.filter(
      (kind) => Object.hasOwn(handlers, kind) && (hasDemoTasks || !taskDefinitions[kind].isDemo),
    ),
    services: {
      database,
      documents,
      reading: settings.reading ?? DEFAULT_READING,
      openSpool: ({ uploadId, name }, schema) =>
        new Spool({ storage, name: derivedName(uploadId, `${name}.ndjson`) }, schema),
    },
    uploads: new Uploads({ database, storage }),
  };
}
