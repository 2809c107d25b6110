import { fromMarkdown } from 'mdast-util-from-markdown';

/** A code block of a README that is compiled. */
export interface CodeBlock {
  /** The name in its first line (`// src/server.ts`), or its place: `block-2.tsx`. */
  file: string;
  code: string;
}

const LANGUAGES: readonly string[] = ['ts', 'tsx', 'vue'];

/** A file's name in a comment that stands alone: `// worker.ts`, `<!-- Page.vue -->`. */
const NAME = /^(?:\/\/|<!--) ([\w./-]+\.(?:ts|tsx|vue))(?: -->)?$/;

/** The blocks of a text in TypeScript and Vue, in their order. */
export function codeBlocks(markdown: string): CodeBlock[] {
  const blocks = fromMarkdown(markdown).children.flatMap((node) => (node.type === 'code' ? [node] : []));
  return blocks
    .filter(({ lang }) => LANGUAGES.includes(lang ?? ''))
    .map(({ lang, value }, index) => ({ file: nameOf(value) ?? `block-${index + 1}.${lang ?? ''}`, code: value }));
}

function nameOf(code: string): string | undefined {
  return NAME.exec(code.split('\n', 1)[0] ?? '')?.[1];
}
