import { isIP } from 'node:net';
import {
  databaseUrl,
  logLevel,
  oneOf,
  parseEnvironment,
  readOptions,
  redisUrl,
  text,
  wholeNumber,
  type LogLevel,
  type Variables,
} from '@taskwire/process-kit';
import { SECRET_REMEDY, weaknessOf } from '@taskwire/protocol';
import { uploadProblems, uploadSettingsOf, uploadVariables, type UploadStorageSettings } from '@taskwire/uploads';
import * as z from 'zod';
import { isLoopbackName } from './auth/loopback.ts';
import { OPTION_VARIABLES, type SettingOptions } from './options.ts';

const MEBIBYTE = 1024 * 1024;
/** The column that holds a size is a 32-bit integer. */
const LARGEST_UPLOAD_BYTES = 2 ** 31 - 1;

/** Settings of the api process. Folders are absolute. */
export interface Environment {
  databaseUrl: string;
  redisUrl: string;
  host: string;
  /** 0: any free port. */
  port: number;
  /** The secret of the tokens; absent if the server has another `authenticate`. */
  authSecret?: string;
  authMode: 'dev' | 'token';
  /** Code that a sign-in by a name needs; a new one for each start if absent. */
  signInCode?: string;
  /** Whether tasks of the kinds `demo.*` may be created. */
  hasDemoTasks: boolean;
  /** Origins (scheme, host, port) whose pages may call. */
  corsOrigins: readonly string[];
  /** The place of uploaded files, the same one for the workers. */
  uploads: UploadStorageSettings;
  maxUploadBytes: number;
  /** Most bytes of all stored uploads of one user. */
  uploadQuotaBytes: number;
  logLevel: LogLevel;
  /** Longest time (ms) for running requests once the server stops. */
  drainMs: number;
  /** Whether tRPC's subscriptions are answered by the gateway, or by tRPC's own adapter. */
  streamGateway: boolean;
  /** Most calls in flight, of one user and in this process; each call of a batch counts. */
  callsPerUser: number;
  callsPerProcess: number;
  /** Most open event streams, of one user and in this process. */
  streamsPerUser: number;
  streamsPerProcess: number;
  /** Longest lifetime (ms) of a stream. Its watcher then connects again with its cursor. */
  streamLifetimeMs: number;
  /** Most bytes that wait in this process for a slow watcher. Beyond them, it reads from the log. */
  streamBufferBytes: number;
  /** Most bytes that wait in this process for all streams of one user. */
  streamUserBufferBytes: number;
  /** Most different filters with which one user may watch one topic. */
  streamFiltersPerTopic: number;
  /** Longest time (ms) in which a watcher takes nothing although events wait for it. Then it is cut off. */
  streamStallMs: number;
}

const variablesSchema = z.object({
  DATABASE_URL: databaseUrl(),
  REDIS_URL: redisUrl(),
  HOST: z
    .string()
    .refine((host) => isIP(host) > 0 || /^[a-z0-9.-]+$/i.test(host), {
      error: 'is not an address to listen on: leave it out for 127.0.0.1, or give 0.0.0.0 for every interface',
    })
    .default('127.0.0.1'),
  PORT: wholeNumber({ min: 0, max: 65_535, default: 4_000 }),
  AUTH_SECRET: secret().optional(),
  AUTH_MODE: oneOf(['dev', 'token'], 'token', 'give dev (sign in by name, loopback only), or leave it out'),
  SIGN_IN_CODE: z
    .string()
    .regex(/^[\w-]{16,200}$/, {
      error: 'is not 16 to 200 letters, digits, - or _: leave it out for a new one at each start',
    })
    .optional(),
  DEMO_TASKS: oneOf(['on', 'off'], 'off', 'give on to offer the kinds demo.*, or leave it out'),
  CORS_ORIGINS: origins(),
  ...uploadVariables,
  MAX_UPLOAD_BYTES: wholeNumber({ min: 1, max: LARGEST_UPLOAD_BYTES, default: 100 * MEBIBYTE }),
  UPLOAD_QUOTA_MIB: wholeNumber({ min: 1, max: 1_000_000_000, default: 10_240 }),
  LOG_LEVEL: logLevel(),
  DRAIN_MS: wholeNumber({ min: 0, max: 600_000, default: 10_000 }),
  STREAM_GATEWAY: oneOf(
    ['on', 'off'],
    'on',
    'give off to have tRPC answer its subscriptions by itself, or leave it out',
  ),
  CALLS_PER_USER: wholeNumber({ min: 50, max: 1_000_000, default: 200 }),
  CALLS_PER_PROCESS: wholeNumber({ min: 50, max: 1_000_000, default: 5_000 }),
  STREAMS_PER_USER: wholeNumber({ min: 1, max: 1_000_000, default: 500 }),
  STREAMS_PER_PROCESS: wholeNumber({ min: 1, max: 1_000_000, default: 20_000 }),
  STREAM_LIFETIME_MS: wholeNumber({ min: 1_000, max: 24 * 60 * 60 * 1_000, default: 60 * 60 * 1_000 }),
  STREAM_BUFFER_BYTES: wholeNumber({ min: 1_024, max: 16 * MEBIBYTE, default: 64 * 1_024 }),
  STREAM_USER_BUFFER_BYTES: wholeNumber({ min: 64 * 1_024, max: 1_024 * MEBIBYTE, default: 16 * MEBIBYTE }),
  STREAM_FILTERS_PER_TOPIC: wholeNumber({ min: 1, max: 1_000_000, default: 50 }),
  STREAM_STALL_MS: wholeNumber({ min: 1_000, max: 60 * 60 * 1_000, default: 60_000 }),
});

/** A secret that is hard to guess. */
function secret() {
  return text(SECRET_REMEDY).superRefine((value, context) => {
    const weakness = weaknessOf(value);
    if (weakness !== undefined) context.addIssue(`${weakness}: ${SECRET_REMEDY}`);
  });
}

/** Origins as browsers send them, separated by commas. */
function origins() {
  const remedy =
    'give each as a browser sends it, separated by commas: https://app.example,http://localhost:5173 ' +
    '(scheme, host and port; no path, no *)';
  return z
    .string()
    .default('')
    .transform((value) => value.split(',').flatMap((each) => (each.trim() === '' ? [] : [each.trim()])))
    .refine((each) => each.every(isOrigin), { error: `is not a list of origins: ${remedy}` });
}

function isOrigin(value: string): boolean {
  if (!/^https?:[^*]+$/.test(value) || !URL.canParse(value)) return false;
  return new URL(value).origin === value;
}

/** Signing in by name needs no secret, so only this machine may reach the port. */
function devModeProblems(variables: Variables): string[] {
  if (variables['AUTH_MODE'] !== 'dev') return [];
  const problems: string[] = [];
  if (variables['NODE_ENV'] === 'production') {
    problems.push('AUTH_MODE: dev is refused with NODE_ENV=production: leave AUTH_MODE out');
  }
  if (!isLoopbackName(variables['HOST'] ?? '127.0.0.1')) {
    problems.push('AUTH_MODE: dev is refused unless HOST is a loopback address: leave AUTH_MODE out, or HOST');
  }
  return problems;
}

/** Sources of settings. */
export interface SettingSources {
  /** Options win over variables. */
  options?: SettingOptions;
  /** Whether the server signs tokens: it then needs AUTH_SECRET. */
  needsSecret?: boolean;
  variables?: Variables;
}

/**
 * Reads the settings from options and environment variables; an empty variable counts as absent.
 * @throws EnvironmentError naming every bad option and variable at once.
 */
export function readSettings({
  options = {},
  needsSecret = true,
  variables = process.env,
}: SettingSources = {}): Environment {
  const problemsOf = (given: Variables): string[] => [
    ...(needsSecret && given['AUTH_SECRET'] === undefined ? [`AUTH_SECRET: is missing: ${SECRET_REMEDY}`] : []),
    ...uploadProblems(given),
    ...devModeProblems(given),
  ];
  return readOptions({ options, names: OPTION_VARIABLES, environment: variables }, (given) =>
    settingsOf(parseEnvironment(given, { schema: variablesSchema, problemsOf })),
  );
}

/**
 * Reads the environment variables of a server that signs tokens.
 * @throws EnvironmentError naming every bad variable at once.
 */
export function readEnvironment(variables: Variables = process.env): Environment {
  return readSettings({ variables });
}

/**
 * The secret of tokens: the given one, or AUTH_SECRET.
 * @throws EnvironmentError if it is missing or easy to guess.
 */
export function checkSecret(given: string | undefined): string {
  const name = given === undefined ? 'AUTH_SECRET' : 'secret';
  const checked = parseEnvironment({ [name]: given ?? process.env['AUTH_SECRET'] }, { schema: secretOf(name) });
  return checked[name] ?? '';
}

function secretOf(name: string) {
  return z.object({ [name]: secret() });
}

function settingsOf(checked: z.output<typeof variablesSchema>): Environment {
  return {
    databaseUrl: checked.DATABASE_URL,
    redisUrl: checked.REDIS_URL,
    host: checked.HOST,
    port: checked.PORT,
    ...(checked.AUTH_SECRET === undefined ? {} : { authSecret: checked.AUTH_SECRET }),
    authMode: checked.AUTH_MODE,
    ...(checked.SIGN_IN_CODE === undefined ? {} : { signInCode: checked.SIGN_IN_CODE }),
    hasDemoTasks: checked.DEMO_TASKS === 'on',
    corsOrigins: checked.CORS_ORIGINS,
    uploads: uploadSettingsOf(checked),
    maxUploadBytes: checked.MAX_UPLOAD_BYTES,
    uploadQuotaBytes: checked.UPLOAD_QUOTA_MIB * MEBIBYTE,
    logLevel: checked.LOG_LEVEL,
    drainMs: checked.DRAIN_MS,
    streamGateway: checked.STREAM_GATEWAY === 'on',
    callsPerUser: checked.CALLS_PER_USER,
    callsPerProcess: checked.CALLS_PER_PROCESS,
    streamsPerUser: checked.STREAMS_PER_USER,
    streamsPerProcess: checked.STREAMS_PER_PROCESS,
    streamLifetimeMs: checked.STREAM_LIFETIME_MS,
    streamBufferBytes: checked.STREAM_BUFFER_BYTES,
    streamUserBufferBytes: checked.STREAM_USER_BUFFER_BYTES,
    streamFiltersPerTopic: checked.STREAM_FILTERS_PER_TOPIC,
    streamStallMs: checked.STREAM_STALL_MS,
  };
}
