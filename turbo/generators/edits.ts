import type { Names } from './names.ts';

/** The list of definitions with one more. @throws Error if it does not look as it should. */
export function addDefinition(source: string, { file, definition }: Names): string {
  const imported = afterLastImport(source, './', `import { ${definition} } from './${file}.ts';`);
  return insert(imported, /(const standardTasks = \[[^\]]*?)(,?\s*\] as const)/, `, ${definition}`);
}

/** The list of handlers with one more. @throws Error if it does not look as it should. */
export function addHandler(source: string, { file, handler }: Names): string {
  const imported = afterLastImport(source, './handlers/', `import { ${handler} } from './handlers/${file}.ts';`);
  return insert(imported, /(const demoHandlers = \[[^\]]*?)(,?\s*\] as const)/, `, ${handler}`);
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
