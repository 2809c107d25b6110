import { findPublicPackages } from '../../../scripts/publishing/lib/public-packages.ts';
import type { Manifest } from '../../../scripts/publishing/lib/manifest.ts';

/** The modules of a public package. */
export interface PublicPackage {
  name: string;
  /** Modules that a project can import: `@taskwire/tasks`, `@taskwire/tasks/reading`. */
  modules: string[];
  /** The modules with types. */
  typedModules: string[];
}

/** All public packages of the workspace, by their names. */
export async function publicPackages(): Promise<PublicPackage[]> {
  const packages = await findPublicPackages();
  return packages
    .map(({ manifest: { name, exports } }) => ({
      name,
      modules: modulesWith('default', name, exports),
      typedModules: modulesWith('types', name, exports),
    }))
    .sort((one, other) => one.name.localeCompare(other.name));
}

/** Entry points that only sources have are not published; style sheets are not imported by Node. */
function modulesWith(condition: string, name: string, exports: Manifest['exports']): string[] {
  return Object.entries(exports)
    .filter(([, where]) => typeof where === 'object' && condition in where)
    .map(([entry]) => name + entry.slice(1));
}
