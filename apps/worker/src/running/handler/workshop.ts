import type { Database } from '@taskwire/db';
import { TASK_KINDS, taskDefinitions } from '@taskwire/tasks';
import { derivedFiles } from '../../documents/derived-files.ts';
import { DEFAULT_READING, type ReadingSettings } from '../../documents/reading-settings.ts';
import { Spool } from '../../documents/spool.ts';
import type { Handlers } from '../../context/handler.ts';
import { Uploads } from '../../uploads/uploads.ts';
import type { Workshop } from './run-task.ts';

/** Joins the handlers with their services. Handlers do not learn the folder of the uploads. */
export function createWorkshop(
  handlers: Handlers,
  settings: { database: Database; uploadDirectory: string; hasDemoTasks: boolean; reading?: ReadingSettings },
): Workshop {
  const { database, uploadDirectory, hasDemoTasks } = settings;
  return {
    handlers,
    kinds: TASK_KINDS.filter(
      (kind) => Object.hasOwn(handlers, kind) && (hasDemoTasks || !taskDefinitions[kind].isDemo),
    ),
    services: {
      database,
      reading: settings.reading ?? DEFAULT_READING,
      openSpool: ({ uploadId, name, ...attempt }, schema) =>
        new Spool(derivedFiles({ uploadDirectory, uploadId }, name, attempt), schema),
    },
    uploads: new Uploads({ database, directory: uploadDirectory }),
  };
}
