/** The comments and texts of a declaration. A specifier is a text behind `from` or `import`. */
const TOKENS =
  /\/\*[\s\S]*?\*\/|\/\/[^\n]*|(?<before>\bfrom\s*|\bimport\s*\(?\s*)?(?<quote>['"])(?<text>(?:\\.|(?!\k<quote>).)*)\k<quote>/g;

/** The specifiers of all modules that a declaration names, as it writes them. */
export function findSpecifiers(declaration: string): string[] {
  return [...declaration.matchAll(TOKENS)].flatMap(({ groups }) =>
    groups?.['before'] === undefined ? [] : [groups['text'] ?? ''],
  );
}

/** Replaces the specifiers of a declaration; all else stays as it is. */
export function replaceSpecifiers(declaration: string, replace: (specifier: string) => string): string {
  let replaced = '';
  let end = 0;
  for (const { 0: token, index, groups } of declaration.matchAll(TOKENS)) {
    const { before, quote = '', text = '' } = groups ?? {};
    const kept = declaration.slice(end, index);
    replaced += kept + (before === undefined ? token : before + quote + replace(text) + quote);
    end = index + token.length;
  }
  return replaced + declaration.slice(end);
}

/** The code of a declaration without its comments and texts. */
export function withoutProse(declaration: string): string {
  return declaration.replace(TOKENS, "$<before>''");
}
