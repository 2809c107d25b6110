import { join } from 'node:path';
import { Problem } from '@taskwire/dev-stack/programs';
import { isFile } from '../../lib/repository.ts';
import type { Manifest } from './manifest.ts';

const TYPES = './dist/types/';

/** The declarations that a manifest's exports name, relative to `dist/types`, such as `index.d.ts`. */
export function typesOf({ exports }: Pick<Manifest, 'exports'>): string[] {
  const named = Object.values(exports).flatMap((target) => (typeof target === 'string' ? [] : [target['types']]));
  return named.flatMap((path) => (path?.startsWith(TYPES) === true ? [path.slice(TYPES.length)] : []));
}

/** The source of a declaration, relative to the package's `src`. @throws Problem if there is none */
export async function sourceOf(folder: string, declaration: string): Promise<string> {
  const name = declaration.replace(/\.d\.ts$/, '');
  for (const source of [`${name}.ts`, `${name}.tsx`]) {
    if (await isFile(join(folder, 'src', source))) return source;
  }
  throw new Problem(`${folder} has no source for ${declaration}.`);
}
