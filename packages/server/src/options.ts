import type { LogLevel, Variables } from '@taskwire/process-kit';

/** Settings of a server. Each may also be given by an environment variable: `maxUploadBytes` by MAX_UPLOAD_BYTES. */
export interface SettingOptions {
  /** PostgreSQL. */
  databaseUrl?: string | undefined;
  redisUrl?: string | undefined;
  /** Address to listen on; 127.0.0.1 if absent. */
  host?: string | undefined;
  /** Port to listen on, 0 for any free one; 4000 if absent. */
  port?: number | undefined;
  /** The secret that signs tokens, at least 32 characters. */
  authSecret?: string | undefined;
  /** `dev`: people on this machine sign in by a name. */
  authMode?: 'dev' | 'token' | undefined;
  /** Code that a sign-in by a name needs; a new one for each start if absent. */
  signInCode?: string | undefined;
  /** Whether tasks of kinds for demonstrations may be created (DEMO_TASKS=on). */
  demoTasks?: boolean | undefined;
  /** Origins whose pages may call: `https://app.example`. */
  corsOrigins?: readonly string[] | undefined;
  /** Folder of the uploaded files, the same one that the workers read. */
  uploadDirectory?: string | undefined;
  /** Bucket of the uploaded files, in place of a folder. */
  uploadS3Bucket?: string | undefined;
  /** Address of a storage that is not Amazon's: `https://minio.example:9000`. */
  uploadS3Endpoint?: string | undefined;
  uploadS3Region?: string | undefined;
  /** Beginning of all keys. */
  uploadS3Prefix?: string | undefined;
  /** Whether the bucket stands in the path, and not in the host name. */
  uploadS3ForcePathStyle?: boolean | undefined;
  /** Folder of this machine for drafts and copies; the system's one for temporary files if absent. */
  uploadS3LocalDirectory?: string | undefined;
  /** Size (MiB) of the files that this machine keeps. */
  uploadS3LocalMib?: number | undefined;
  /** Largest upload (bytes). */
  maxUploadBytes?: number | undefined;
  /** Most MiB of all stored uploads of one user. */
  uploadQuotaMib?: number | undefined;
  logLevel?: LogLevel | undefined;
  /** Longest time (ms) for running requests once the server stops. */
  drainMs?: number | undefined;
  /** Whether Taskwire's gateway answers tRPC's subscriptions, and not tRPC's own adapter. */
  streamGateway?: boolean | undefined;
  /** Most calls in flight of one user, and in this process. */
  callsPerUser?: number | undefined;
  callsPerProcess?: number | undefined;
  /** Most open event streams of one user, and in this process. */
  streamsPerUser?: number | undefined;
  streamsPerProcess?: number | undefined;
  /** Longest lifetime (ms) of a stream. */
  streamLifetimeMs?: number | undefined;
  /** Most bytes that wait for a slow watcher, and for all streams of one user. */
  streamBufferBytes?: number | undefined;
  streamUserBufferBytes?: number | undefined;
  /** Most different filters with which one user may watch one topic. */
  streamFiltersPerTopic?: number | undefined;
  /** Longest time (ms) in which a watcher takes nothing although events wait for it. */
  streamStallMs?: number | undefined;
}

/** The names of all options. A missing one does not compile. */
const NAMES: Readonly<Record<keyof SettingOptions, true>> = {
  ...{ databaseUrl: true, redisUrl: true, host: true, port: true, authSecret: true, authMode: true, signInCode: true },
  ...{ demoTasks: true, corsOrigins: true, uploadDirectory: true, uploadS3Bucket: true, uploadS3Endpoint: true },
  ...{
    uploadS3Region: true,
    uploadS3Prefix: true,
    uploadS3ForcePathStyle: true,
    uploadS3LocalMib: true,
    uploadS3LocalDirectory: true,
  },
  ...{ maxUploadBytes: true, uploadQuotaMib: true, logLevel: true, drainMs: true, streamGateway: true },
  ...{ callsPerUser: true, callsPerProcess: true, streamsPerUser: true, streamsPerProcess: true },
  ...{ streamLifetimeMs: true, streamBufferBytes: true, streamUserBufferBytes: true, streamFiltersPerTopic: true },
  streamStallMs: true,
};

/** The variable of an option: `MAX_UPLOAD_BYTES` of `maxUploadBytes`. */
function variableOf(option: string): string {
  return option.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

/** The given options as environment variables, so that one set of rules checks both. */
export function variablesOf(options: SettingOptions): Variables {
  const given = new Map<string, unknown>(Object.entries(options));
  return Object.fromEntries(
    Object.keys(NAMES).flatMap((name) => {
      const value = given.get(name);
      return value === undefined ? [] : [[variableOf(name), textOf(value)]];
    }),
  );
}

/** The form of a value in a variable. An empty text, which would count as absent, stays wrong: it is a space. */
function textOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  const text = Array.isArray(value) ? value.join(',') : String(value);
  return text === '' && !Array.isArray(value) ? ' ' : text;
}

/** Names options in problems instead of the variables that they stand for. */
export function namesOf(given: Variables, problems: readonly string[]): string[] {
  const options = new Map(Object.keys(NAMES).map((name) => [variableOf(name), name]));
  return problems.map((problem) => {
    const variable = problem.slice(0, problem.indexOf(':'));
    const option = given[variable] === undefined ? undefined : options.get(variable);
    return option === undefined ? problem : option + problem.slice(variable.length);
  });
}
