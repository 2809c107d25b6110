import type { Database } from '@taskwire/db';
import type { DocumentDatabase } from '@taskwire/documents';
import { TASK_KINDS, taskDefinitions, type TaskKind } from '@taskwire/tasks';
import { derivedFiles } from '../../documents/derived-files.ts';
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

/** Joins the handlers with their services. Handlers never see the folder of the uploads. */
export function createHandlerKit(
  handlers: Handlers,
  settings: {
    database: Database;
    documents: DocumentDatabase;
    uploadDirectory: string;
    hasDemoTasks: boolean;
    reading?: ReadingSettings;
  },
): HandlerKit {
  const { database, documents, uploadDirectory, hasDemoTasks } = settings;
  return {
    handlers,
    kinds: TASK_KINDS.filter(
      (kind) => Object.hasOwn(handlers, kind) && (hasDemoTasks || !taskDefinitions[kind].isDemo),
    ),
    services: {
      database,
      documents,
      reading: settings.reading ?? DEFAULT_READING,
      openSpool: ({ uploadId, name, ...attempt }, schema) =>
        new Spool(derivedFiles({ uploadDirectory, uploadId }, name, attempt), schema),
    },
    uploads: new Uploads({ database, directory: uploadDirectory }),
  };
}
