/** `export { a, type B, c as d } from './x.ts'`, `export type { A } from …`. */
const LIST = /^export (?<type>type )?\{(?<names>[^}]*)\}/gm;
/** `export function a`, `export async function* b`, `export interface C`. */
const DECLARATION =
  /^export (?:declare |async |abstract )*(?<kind>const|let|function\*?|class|enum|interface|type) (?<name>[\w$]+)/gm;

/** `export * from './index.ts'`. */
const ALL = /^export (?<all>\* from '[^']+')/gm;

/** The names that an entry point exports, in order; those of types with `type` in front. `export *` stands as it is. */
export function exportedNames(source: string): string[] {
  const code = source.replaceAll(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, '');
  const listed = [...code.matchAll(LIST)].flatMap(({ groups }) =>
    (groups?.['names'] ?? '')
      .split(',')
      .map((entry) => entry.trim())
      .filter((entry) => entry !== '')
      .map((entry) => publicName(entry, groups?.['type'] !== undefined)),
  );
  const declared = [...code.matchAll(DECLARATION)].map(({ groups }) =>
    publicName(groups?.['name'] ?? '', groups?.['kind'] === 'interface' || groups?.['kind'] === 'type'),
  );
  const all = [...code.matchAll(ALL)].map(({ groups }) => groups?.['all'] ?? '');
  return [...listed, ...declared, ...all].sort();
}

/** `type A as B` → `type B`. */
function publicName(entry: string, isType: boolean): string {
  const name =
    entry
      .replace(/^type /, '')
      .split(' as ')
      .at(-1) ?? entry;
  return isType || entry.startsWith('type ') ? `type ${name}` : name;
}
