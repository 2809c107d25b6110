import type { Names } from './names.ts';

/** The registry of packages/tasks with one definition more. @throws Error if it does not look as it should. */
export function addDefinition(source: string, { file, definition }: Names): string {
  const imported = afterLastImport(
    source,
    './definitions/',
    `import { ${definition} } from './definitions/${file}.ts';`,
  );
  const listed = insert(imported, /(const definitions = \{[^}]*)(\n\};)/, `\n  [${definition}.kind]: ${definition},`);
  return ['request', 'record', 'outcome'].reduce((text, schema) => {
    const member = schema === 'outcome' ? 'record.omit({ input: true })' : schema;
    const name = `task${schema.charAt(0).toUpperCase()}${schema.slice(1)}Schema`;
    const list = new RegExp(`(${name} = z\\.discriminatedUnion\\('kind', \\[[^\\]]*?)(,?\\s*\\]\\);)`);
    return insert(text, list, `, ${definition}.${member}`);
  }, listed);
}

/** The registry of packages/worker with one handler more. @throws Error if it does not look as it should. */
export function addHandler(source: string, kind: string, { file, handler }: Names): string {
  const imported = afterLastImport(source, './', `import { ${handler} } from './${file}.ts';`);
  return insert(imported, /(const handlers = \{[^}]*)(\n\} satisfies)/, `\n  '${kind}': ${handler},`);
}

/** Puts text between the two groups of a pattern that must match. */
function insert(source: string, pattern: RegExp, text: string): string {
  if (!pattern.test(source)) throw new Error(`the registry has changed: ${String(pattern)} is not in it`);
  return source.replace(pattern, (_whole, before: string, after: string) => `${before}${text}${after}`);
}

function afterLastImport(source: string, from: string, line: string): string {
  const lines = source.split('\n');
  const last = lines.findLastIndex((each) => each.startsWith('import ') && each.includes(`from '${from}`));
  if (last === -1) throw new Error(`the registry has changed: nothing is imported from ${from}`);
  return lines.toSpliced(last + 1, 0, line).join('\n');
}
