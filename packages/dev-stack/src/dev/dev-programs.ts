import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { join, relative } from 'node:path';

import { ImportedFiles } from '../programs/imported-files.ts';
import { startReloadingNode } from '../programs/reloading-node.ts';
import { ReloadingProgram } from '../programs/reloading-program.ts';
import { startService, type Service, type ServiceSettings } from '../programs/service.ts';
import { Problem } from '../terminal/problem.ts';
import { searchPath } from '../env.ts';
import type { DevFolder } from './dev-folder.ts';
import type { DevOptions } from './dev-options.ts';
import { HOST, pageVariables, programVariables, serverUrl, type DevPlace, type Variables } from './dev-variables.ts';
import { pageCommand, pageUrlIn, pathWithPackages } from './page-command.ts';
import type { DevView } from './dev-view.ts';

/** Longest time (ms) for a server to listen, and for a page to say where it is. */
const LISTEN_MS = 30_000;
/** A worker with a log of its own counts as up when it has lived this long (ms). */
const ALIVE_MS = 5_000;
/** Longest time (ms) of a check that itself waits for nothing. */
const CHECK_MS = 60_000;

/** The values that the programs of one `taskwire dev` share. */
export interface DevContext {
  options: DevOptions;
  data: DevFolder;
  place: DevPlace;
  view: DevView;
}

/** Starts the server, again at each change of a file that it imports. */
export function startServerProgram(context: DevContext): ReloadingProgram {
  const { options, place } = context;
  const file = relative(options.folder, options.server);
  const variables = { ...programVariables(options, place), PORT: String(place.serverPort) };
  return startNodeProgram(context, {
    ...{ name: 'server', entry: options.server, variables },
    ready: (service) => {
      const until = Date.now() + LISTEN_MS;
      return service.ready(async () => {
        if (Date.now() > until) throw notListening(file, place.serverPort);
        return listens(place.serverPort);
      }, CHECK_MS);
    },
  });
}

/** Starts the worker, again at each change of a file that it imports. */
export function startWorkerProgram(context: DevContext): ReloadingProgram {
  const { options, place } = context;
  return startNodeProgram(context, {
    ...{ name: 'worker', entry: options.worker, variables: { ...programVariables(options, place), PORT: undefined } },
    ready: (service) => {
      const since = Date.now();
      return service.ready(async () => {
        const log = await readFile(service.logFile, 'utf8').catch(() => '');
        return log.includes('"msg":"ready"') || Date.now() - since > ALIVE_MS;
      }, CHECK_MS);
    },
  });
}

/** Starts the command of the page, again when package.json changes. */
export function startPageProgram(context: DevContext, { command, token }: { command: string; token: string }) {
  const { options, data, place, view } = context;
  const page: { url: string | undefined; isDone: boolean } = { url: undefined, isDone: false };
  const files = new ImportedFiles({
    reportFile: join(data.run, 'page.imports'),
    entry: join(options.folder, 'package.json'),
  });
  const shown = pageCommand(command, place.pagePort);
  const start = () =>
    startService({
      ...commonSettings(context, 'page'),
      ...shellCommand(shown),
      environment: {
        ...pageVariables(options, place, token),
        PATH: pathWithPackages(options.folder, searchPath()),
      },
      onLine: (line) => {
        page.url ??= pageUrlIn(line, serverUrl(place));
        view.line('page', line);
      },
      // A script for a terminal may stand in for a page.
      onDone: () => {
        page.isDone = true;
        view.line('page', 'has ended');
      },
    });
  const ready = (service: Service): Promise<void> => {
    const until = Date.now() + LISTEN_MS;
    return service.ready(async () => page.url !== undefined || page.isDone || Date.now() > until, CHECK_MS);
  };
  const program = new ReloadingProgram({ name: 'page', start, ready, files, view: view.of('page') });
  return { program, url: () => (page.isDone ? undefined : page.url) };
}

function shellCommand(words: string): Pick<ServiceSettings, 'command' | 'arguments' | 'isShell'> {
  if (process.platform === 'win32') return { command: 'cmd.exe', arguments: ['/d', '/s', '/c', words], isShell: true };
  return { command: '/bin/sh', arguments: ['-c', words], isShell: true };
}

interface NodeProgram {
  name: 'server' | 'worker';
  entry: string;
  variables: Variables;
  ready: (service: Service) => Promise<void>;
}

function startNodeProgram(context: DevContext, { name, entry, variables, ready }: NodeProgram): ReloadingProgram {
  return startReloadingNode({
    ...commonSettings(context, name),
    ...{ entry, nodeArguments: ['--import', context.options.typescriptLoader], environment: variables },
    reportFile: join(context.data.run, `${name}.imports`),
    onLine: (line) => context.view.line(name, line),
    ready,
    view: context.view.of(name),
  });
}

function commonSettings(
  { options, data }: DevContext,
  name: string,
): Pick<ServiceSettings, 'name' | 'folder' | 'logFile' | 'noteFile'> {
  return {
    name,
    folder: options.folder,
    logFile: join(data.logs, `${name}.log`),
    noteFile: join(data.run, `${name}.process`),
  };
}

function notListening(file: string, port: number): Problem {
  return new Problem(`${file} runs, but does not listen on port ${port} after ${LISTEN_MS / 1_000} s.`, {
    remedy: 'Let it listen on the port that the environment variable PORT names: `await taskwire.listen()` does.',
  });
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: HOST, port });
    socket.setTimeout(1_000, () => socket.destroy());
    socket.on('connect', () => {
      resolve(true);
      socket.destroy();
    });
    socket.on('error', () => resolve(false));
    socket.on('close', () => resolve(false));
  });
}
