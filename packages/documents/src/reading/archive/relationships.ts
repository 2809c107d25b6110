import { readXmlPart } from '../xml/read-xml-part.ts';
import { elementsOnly } from '../xml/xml-handlers.ts';
import { resolveName } from './archive-name.ts';
import type { ZipArchive } from './zip-archive.ts';

/** A link from a part of an Office file to another part or to an address outside. */
export interface Relationship {
  id: string;
  /** The last word of its type: `footnotes`, `hyperlink`, … It is the same in both dialects of the format. */
  type: string;
  /** Name in the archive, or an address if `isExternal`. */
  target: string;
  isExternal: boolean;
}

/** Path of the relationships of a part; the package's own are those of the part `''`. */
function relationshipsName(part: string): string {
  const slash = part.lastIndexOf('/') + 1;
  return `${part.slice(0, slash)}_rels/${part.slice(slash)}.rels`;
}

/** The relationships of a part of an Office file (ECMA-376, part 2), in the file's order; none if it has none. */
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

/** The main part of an Office file: the one that the package names, or the usual one. */
export async function mainPartOf(archive: ZipArchive, usual: string): Promise<string | undefined> {
  const named = (await relationshipsOf(archive, '')).find(({ type }) => type === 'officeDocument')?.target;
  return [named, usual].find((name) => name !== undefined && archive.has(name));
}
