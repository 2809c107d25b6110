import { stat } from 'node:fs/promises';

/**
 * Whether there is a file. @throws if that cannot be told, for instance because its folder cannot be reached: it may be
 * there later.
 */
export async function fileExists(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}
