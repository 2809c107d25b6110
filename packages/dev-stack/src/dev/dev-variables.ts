import { randomBytes } from 'node:crypto';

import type { DevOptions } from './dev-options.ts';

export const HOST = '127.0.0.1';

export type Variables = Readonly<Record<string, string | undefined>>;

/** The addresses, the secret and the folder that the programs' environments name. */
export interface DevPlace {
  databaseUrl: string;
  redisUrl: string;
  authSecret: string;
  uploads: string;
  serverPort: number;
  /** Path of Taskwire in the server; empty: the root. */
  path: string;
  pagePort: number;
}

/** URL of Taskwire in the server. */
export function serverUrl({ serverPort, path }: Pick<DevPlace, 'serverPort' | 'path'>): string {
  return `http://${HOST}:${serverPort}${path}`;
}

/** The variables without empty ones. */
export function presentVariables(variables: Variables): Variables {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''));
}

/** Environment of server and worker. Variables that the person has set win over those for development. */
export function programVariables({ variables, page }: DevOptions, place: DevPlace): Variables {
  const given = presentVariables(variables);
  return {
    NODE_ENV: 'development',
    ...(given['UPLOAD_S3_BUCKET'] === undefined ? { UPLOAD_DIRECTORY: place.uploads } : {}),
    // A restart waits this long for running requests, and for tasks before it hands them over.
    DRAIN_MS: '1000',
    WORKER_GRACE_MS: '1000',
    ...(page === undefined ? {} : { CORS_ORIGINS: pageOrigins(place).join(',') }),
    ...developmentSignIn(given),
    ...given,
    AUTH_SECRET: place.authSecret,
    DATABASE_URL: place.databaseUrl,
    REDIS_URL: place.redisUrl,
  };
}

/** Signing in by a name is for this machine only: the server refuses it on other addresses and in production. */
function developmentSignIn(given: Variables): Variables {
  if (given['HOST'] !== undefined || given['NODE_ENV'] === 'production') return {};
  return { HOST, AUTH_MODE: 'dev', SIGN_IN_CODE: randomBytes(16).toString('base64url') };
}

function pageOrigins({ pagePort }: DevPlace): string[] {
  return [HOST, 'localhost'].map((host) => `http://${host}:${pagePort}`);
}

/** Environment of the page's command. Vite gives the page what begins with `VITE_`. */
export function pageVariables({ variables }: DevOptions, place: DevPlace, token: string): Variables {
  const url = serverUrl(place);
  return {
    NODE_ENV: 'development',
    ...presentVariables(variables),
    PORT: String(place.pagePort),
    TASKWIRE_URL: url,
    TASKWIRE_TOKEN: token,
    VITE_TASKWIRE_URL: url,
    VITE_TASKWIRE_TOKEN: token,
  };
}
