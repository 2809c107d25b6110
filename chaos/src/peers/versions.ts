import { readFile } from 'node:fs/promises';
import * as z from 'zod';

const packageSchema = z.object({ version: z.string() });

/** @returns `name version` of an installed package. */
export async function installedVersion(name: string): Promise<string> {
  const file = new URL(`../../node_modules/${name}/package.json`, import.meta.url);
  return `${name} ${packageSchema.parse(JSON.parse(await readFile(file, 'utf8'))).version}`;
}
