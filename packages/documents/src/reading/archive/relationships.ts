import { readXmlPart } from '../xml/read-xml-part.ts';
import { elementsOnly } from '../xml/xml-handlers.ts';
import { resolveName } from './archive-name.ts';
import type { ZipArchive } from './zip-archive.ts';

/** A link from a part of an Office file to another part or to an address outside. */
export interface Relationship {
  id: string;
  /**
   * The last word of the relationship's type: `footnotes`, `hyperlink`, … Both dialects of the format use the same
   * word.
   */
  type: string;
  /** Name in the archive, or an address if `isExternal`. */
  target: string;
  isExternal: boolean;
}

/** Path of a part's relationships. The package's own relationships belong to the part `''`. */
function relationshipsName(part: string): string {
  const slash = part.lastIndexOf('/') + 1;
  return `${part.slice(0, slash)}_rels/${part.slice(slash)}.rels`;
}

/**
 * The relationships of a part of an Office file (ECMA-376, part 2), in the file's order. Empty if the part has none.
 */
export async function relationshipsOf(archive: ZipArchive, part: string): Promise<Relationship[]> {
  const found: Relationship[] = [];
  const handler = elementsOnly((name, attributes) => {
    const { Id: id, Type: type, Target: target, TargetMode: mode } = attributes;
    if (name !== 'Relationship' || id === undefined || type === undefined || target === undefined) return;
    const isExternal = mode === 'External';
    const resolved = isExternal ? target : resolveName(part, target);
    found.push({ id, type: type.slice(type.lastIndexOf('/') + 1), target: resolved, isExternal });
  });
  await readXmlPart({ archive, name: relationshipsName(part), handler });
  return found;
}

/** The main part of an Office file: the part that the package names, else the usual one. */
export async function mainPartOf(archive: ZipArchive, usual: string): Promise<string | undefined> {
  const named = (await relationshipsOf(archive, '')).find(({ type }) => type === 'officeDocument')?.target;
  return [named, usual].find((name) => name !== undefined && archive.has(name));
}
