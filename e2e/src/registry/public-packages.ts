import { readFile, readdir } from 'node:fs/promises';
import { z } from 'zod';

/** A package that is published. */
export interface PublicPackage {
  name: string;
  /** What may be imported: `@taskwire/tasks`, `@taskwire/tasks/reading`. */
  modules: string[];
  /** Those of them that have types. */
  typedModules: string[];
}

const FOLDERS = new URL('../../../packages/', import.meta.url);

const target = z.union([z.string(), z.record(z.string(), z.string())]);
const manifestSchema = z.object({
  name: z.string(),
  private: z.boolean().default(false),
  exports: z.record(z.string(), target).default({}),
});

type Manifest = z.output<typeof manifestSchema>;

/** All public packages of the workspace, by their names. */
export async function publicPackages(): Promise<PublicPackage[]> {
  const folders = (await readdir(FOLDERS)).map((folder) => new URL(`${folder}/`, FOLDERS));
  const manifests = await Promise.all([new URL('../prisma/', FOLDERS), ...folders].map(readManifest));
  return manifests
    .flatMap((manifest) => (manifest === undefined || manifest.private ? [] : [manifest]))
    .map(({ name, exports }) => ({
      name,
      modules: modulesWith('default', name, exports),
      typedModules: modulesWith('types', name, exports),
    }))
    .sort((one, other) => one.name.localeCompare(other.name));
}

/** Undefined for what an earlier version left in place of a package. */
async function readManifest(folder: URL): Promise<Manifest | undefined> {
  const text = await readFile(new URL('package.json', folder), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : manifestSchema.parse(JSON.parse(text));
}

/** Entry points that only sources have are not published; style sheets are not imported by Node. */
function modulesWith(condition: string, name: string, exports: Manifest['exports']): string[] {
  return Object.entries(exports)
    .filter(([, where]) => typeof where === 'object' && condition in where)
    .map(([entry]) => name + entry.slice(1));
}
