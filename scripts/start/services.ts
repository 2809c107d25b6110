import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ProgramFolder, type Service, startService } from '@taskwire/dev-stack/programs';
import { authSecretOverride } from '../env.ts';
import { inRepository, repositoryRoot } from '../lib/repository.ts';

const READY_TIMEOUT_MS = 60_000;
export const HOST = '127.0.0.1';

export interface ServiceContext {
  data: ProgramFolder;
  databaseUrl: string;
  redisUrl: string;
  port: number;
  /** Code that a sign-in by a name needs, for as long as this start lasts. */
  signInCode: string;
  /** Runs from the sources, and reloads changed files. */
  dev: boolean;
}

/** A program of this repository, built or from its sources. */
export interface Program {
  name: 'api' | 'worker';
  environment: Record<string, string | undefined>;
  logFile: string;
  folder: string;
}

export function apiProgram(context: ServiceContext): Program {
  return {
    name: 'api',
    environment: {
      ...sharedEnvironment(context),
      HOST,
      PORT: String(context.port),
      AUTH_MODE: 'dev',
      SIGN_IN_CODE: context.signInCode,
      AUTH_SECRET: authSecretOverride ?? context.data.authSecret,
    },
    logFile: join(context.data.logs, 'api.log'),
    folder: repositoryRoot,
  };
}

export function workerProgram(context: ServiceContext): Program {
  return {
    name: 'worker',
    environment: sharedEnvironment(context),
    logFile: join(context.data.logs, 'worker.log'),
    folder: repositoryRoot,
  };
}

/** Starts a built program; it is not ready yet. */
export function startBuilt(program: Program): Promise<Service> {
  const file = inRepository('apps', program.name, 'dist', 'main.js');
  return startService({ ...program, command: process.execPath, arguments: [file] });
}

/** Starts the development server of a web app, which hands everything that is not its own on to the api. */
export function startWebApp(context: ServiceContext, app: 'react' | 'vue', port: number): Promise<Service> {
  return startService({
    name: `${app} app`,
    command: inRepository('apps', app, 'node_modules', '.bin', 'vite'),
    arguments: ['--host', HOST, '--port', String(port), '--strictPort', '--clearScreen', 'false'],
    environment: { TASKWIRE_API: apiUrl(context.port) },
    logFile: join(context.data.logs, `${app}.log`),
    folder: inRepository('apps', app),
  });
}

/** The URL of the api. */
export function apiUrl(port: number): string {
  return `http://${HOST}:${port}`;
}

/** Waits until the api can do its work. */
export function apiReady(api: Service, port: number): Promise<void> {
  return api.ready(() => answers(`${apiUrl(port)}/readyz`), READY_TIMEOUT_MS);
}

/** Waits until a web app's development server answers. */
export function webAppReady(service: Service, url: string): Promise<void> {
  return service.ready(() => answers(url), READY_TIMEOUT_MS);
}

/** Waits until the worker takes tasks: it says so in its log. */
export function workerReady(worker: Service): Promise<void> {
  return worker.ready(async () => {
    const log = await readFile(worker.logFile, 'utf8');
    return log.split('\n').some((line) => isReadyLine(line));
  }, READY_TIMEOUT_MS);
}

function isReadyLine(line: string): boolean {
  return /"msg":"ready"/.test(line);
}

function sharedEnvironment(context: ServiceContext): Record<string, string | undefined> {
  return {
    NODE_ENV: context.dev ? 'development' : undefined,
    DATABASE_URL: context.databaseUrl,
    REDIS_URL: context.redisUrl,
    UPLOAD_DIRECTORY: context.data.uploads,
    DEMO_TASKS: 'on',
    DRAIN_MS: '3000',
    WORKER_GRACE_MS: '3000',
  };
}

function answers(url: string): Promise<boolean> {
  return fetch(url, { signal: AbortSignal.timeout(5_000) }).then(
    (response) => response.ok,
    () => false,
  );
}
