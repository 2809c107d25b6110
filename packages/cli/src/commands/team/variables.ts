import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import type { Variables } from '../../env.ts';

/** The variables of the `.env` file in a team's folder, if there is one, and of the environment, which wins. */
export async function readVariables(folder: string, inherited: Variables): Promise<Variables> {
  const text = await readFile(join(folder, '.env'), 'utf8').catch(() => '');
  return { ...parseEnv(text), ...inherited };
}
