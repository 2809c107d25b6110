import { lstat, readFile, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

/** A link that a tarball of npm cannot hold. Both paths are relative to the package's folder. */
interface LibraryLink {
  /** The file that the link leads to. */
  source: string;
  target: string;
}

/**
 * Makes the links by which the programs find their shared libraries, as far as they are missing. The install script of the
 * package makes them too, but pnpm runs none without consent, and npm runs none with `ignore-scripts`.
 *
 * @param packaged folder of the package with the programs.
 * @returns why a missing link could not be made; undefined if all are there.
 */
export async function ensureLibraryLinks(packaged: string): Promise<string | undefined> {
  for (const { source, target } of await listedLinks(packaged)) {
    const path = join(packaged, target);
    if ((await lstat(path).catch(() => undefined)) !== undefined) continue;
    try {
      await symlink(relative(dirname(target), source), path);
    } catch (error) {
      // Another process may make the same links now.
      if (!isCode(error, 'EEXIST')) return error instanceof Error ? error.message : String(error);
    }
  }
  return undefined;
}

/** The links that the package lists; none on a platform that needs none. */
async function listedLinks(packaged: string): Promise<readonly LibraryLink[]> {
  const text = await readFile(join(packaged, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const listed: unknown = JSON.parse(text);
  return Array.isArray(listed) ? listed.filter(isLink) : [];
}

function isLink(value: unknown): value is LibraryLink {
  if (typeof value !== 'object' || value === null || !('source' in value) || !('target' in value)) return false;
  return typeof value.source === 'string' && typeof value.target === 'string';
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
