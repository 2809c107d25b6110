import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { databaseUrl, parseEnvironment } from '@taskwire/process-kit';
import type { WebApp } from '@taskwire/server';
import * as z from 'zod';

/**
 * The database to migrate, from DATABASE_URL.
 * @throws EnvironmentError if it is missing or unusable.
 */
export function readMigrationEnvironment(): { databaseUrl: string } {
  const schema = z.object({ DATABASE_URL: databaseUrl() });
  return { databaseUrl: parseEnvironment(process.env, { schema }).DATABASE_URL };
}

/** The built web apps: in `apps/`, or in the folders that REACT_APP_DIRECTORY and VUE_APP_DIRECTORY name. */
export function readWebApps(variables: Readonly<Record<string, string | undefined>> = process.env): WebApp[] {
  return [
    { path: '/vue', name: 'Vue', directory: folderOf(variables['VUE_APP_DIRECTORY'], 'vue') },
    { path: '/', name: 'React', directory: folderOf(variables['REACT_APP_DIRECTORY'], 'react') },
  ];
}

/** This file and the built one are one level below the package. */
function folderOf(given: string | undefined, name: string): string {
  if (given !== undefined && given !== '') return resolve(given);
  return fileURLToPath(new URL(`../../${name}/dist`, import.meta.url));
}
