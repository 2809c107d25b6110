import { stat } from 'node:fs/promises';

/**
 * Whether a file exists.
 * @throws if that is unknown, for instance because its folder cannot be reached. The file may be there later.
 */
export async function fileExists(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
    throw error;
  }
}
