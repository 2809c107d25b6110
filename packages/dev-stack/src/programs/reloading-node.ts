import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

import { ImportedFiles } from './imported-files.ts';
import { ReloadingProgram, type ReloadingProgramSettings } from './reloading-program.ts';
import { startService, type ServiceSettings } from './service.ts';

type NodeSettings = Omit<ServiceSettings, 'command' | 'arguments'> &
  Pick<ReloadingProgramSettings, 'ready' | 'view' | 'firstPauseMs'>;

export interface ReloadingNodeSettings extends NodeSettings {
  /** The first file of the program. Absolute. */
  entry: string;
  /** Options of Node, such as a loader for TypeScript. */
  nodeArguments: readonly string[];
  /** File that the program reports its imports to. */
  reportFile: string;
}

/** Starts a file with Node, again at each change of a file that it imports. */
export function startReloadingNode(settings: ReloadingNodeSettings): ReloadingProgram {
  const { entry, nodeArguments, reportFile, ready, view, firstPauseMs, ...service } = settings;
  return new ReloadingProgram({
    ...{ name: service.name, files: new ImportedFiles({ reportFile, entry }), ready, view },
    ...(firstPauseMs === undefined ? {} : { firstPauseMs }),
    start: () =>
      startService({
        ...service,
        command: process.execPath,
        arguments: [...nodeArguments, '--import', importReporter(), entry],
        environment: { ...service.environment, TASKWIRE_IMPORTS: reportFile },
      }),
  });
}

function importReporter(): string {
  return pathToFileURL(createRequire(import.meta.url).resolve('@taskwire/dev-stack/report-imports')).href;
}
