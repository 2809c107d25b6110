import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Faults of a project's tsconfig.json for the added files. */
export interface TsconfigGaps {
  /** Whether the compiler refuses the added imports, which end in `.ts`. */
  needsTsImports: boolean;
  /** Whether `include` leaves the added folder out, so that its types are not checked. */
  needsInclude: boolean;
}

/**
 * Reads what tsconfig.json itself sets; settings of a base that it extends are not seen.
 * @returns no gaps without a tsconfig.json.
 */
export async function findTsconfigGaps(project: string, folder: string): Promise<TsconfigGaps> {
  const text = await readFile(join(project, 'tsconfig.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return { needsTsImports: false, needsInclude: false };
  return {
    needsTsImports: !/"(allowImportingTsExtensions|rewriteRelativeImportExtensions)"\s*:\s*true/.test(text),
    needsInclude: leavesOut(text, folder),
  };
}

/** Whether the patterns of `include` name other folders only. Without `include`, every folder is in. */
function leavesOut(tsconfig: string, folder: string): boolean {
  const patterns = /"include"\s*:\s*\[([^\]]*)\]/.exec(tsconfig)?.[1];
  if (patterns === undefined) return false;
  const paths = [...patterns.matchAll(/"(?:\.\/)?([^"]*)"/g)].map(([, path]) => path ?? '');
  const firstParts = paths.map((path) => path.split('/')[0] ?? '');
  return !firstParts.some((part) => part === '' || part === '.' || part === folder || part.startsWith('*'));
}
