import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createDevView, startReloadingNode, type ReloadingProgram } from '@taskwire/dev-stack/programs';
import { inRepository, repositoryRoot } from '../lib/repository.ts';
import { apiProgram, apiReady, workerProgram, workerReady, type Program, type ServiceContext } from './services.ts';

/** Starts worker and api from their sources, again at each change of a file that they import. */
export function startReloadingPrograms(context: ServiceContext): ReloadingProgram[] {
  const view = createDevView({ folder: repositoryRoot, verbose: false });
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const settingsOf = (program: Program) => ({
    ...program,
    entry: inRepository('apps', program.name, 'src', 'main.ts'),
    nodeArguments: ['--conditions=taskwire-source', '--import', loader],
    reportFile: join(context.data.path, `${program.name}.imports`),
    onLine: (line: string) => view.line(program.name, line),
    view: view.of(program.name),
  });
  return [
    startReloadingNode({ ...settingsOf(workerProgram(context)), ready: workerReady }),
    startReloadingNode({ ...settingsOf(apiProgram(context)), ready: (api) => apiReady(api, context.port) }),
  ];
}
