import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The name and password of the one user that an embedded Redis knows. */
export interface RedisLogin {
  user: string;
  password: string;
}

/** Reads the password of the data folder's Redis from a file that only this user may read, or makes one. */
export async function ensureRedisLogin(dataDirectory: string): Promise<RedisLogin> {
  const file = join(dataDirectory, 'redis.password');
  const known = (await readFile(file, 'utf8').catch(() => '')).trim();
  const password = known === '' ? randomBytes(24).toString('base64url') : known;
  if (known === '') await writeFile(file, password, { mode: 0o600 });
  return { user: 'taskwire', password };
}
