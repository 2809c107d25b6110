import type { LogLevel, OptionVariables } from '@taskwire/process-kit';
import { uploadOptionVariables, type UploadOptions } from '@taskwire/uploads';

/** Settings of a server. Each may also be given by an environment variable: `maxUploadBytes` by MAX_UPLOAD_BYTES. */
export interface SettingOptions extends UploadOptions {
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

/** The variable of each option. A missing one does not compile. */
export const OPTION_VARIABLES: OptionVariables<SettingOptions> = {
  databaseUrl: 'DATABASE_URL',
  redisUrl: 'REDIS_URL',
  host: 'HOST',
  port: 'PORT',
  authSecret: 'AUTH_SECRET',
  authMode: 'AUTH_MODE',
  signInCode: 'SIGN_IN_CODE',
  demoTasks: 'DEMO_TASKS',
  corsOrigins: 'CORS_ORIGINS',
  ...uploadOptionVariables,
  maxUploadBytes: 'MAX_UPLOAD_BYTES',
  uploadQuotaMib: 'UPLOAD_QUOTA_MIB',
  logLevel: 'LOG_LEVEL',
  drainMs: 'DRAIN_MS',
  streamGateway: 'STREAM_GATEWAY',
  callsPerUser: 'CALLS_PER_USER',
  callsPerProcess: 'CALLS_PER_PROCESS',
  streamsPerUser: 'STREAMS_PER_USER',
  streamsPerProcess: 'STREAMS_PER_PROCESS',
  streamLifetimeMs: 'STREAM_LIFETIME_MS',
  streamBufferBytes: 'STREAM_BUFFER_BYTES',
  streamUserBufferBytes: 'STREAM_USER_BUFFER_BYTES',
  streamFiltersPerTopic: 'STREAM_FILTERS_PER_TOPIC',
  streamStallMs: 'STREAM_STALL_MS',
};
