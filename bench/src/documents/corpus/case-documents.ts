import { MARKUP_CASES } from './cases/markup-cases.ts';
import { PDF_CASES } from './cases/pdf-cases.ts';
import { TEXT_CASES } from './cases/text-cases.ts';
import type { CorpusDocument } from './corpus-document.ts';

/** Small documents of one peculiarity each. */
export function caseDocuments(): CorpusDocument[] {
  return [...TEXT_CASES, ...MARKUP_CASES, ...PDF_CASES].map(({ name, make, text, absent = [], expected = 'done' }) => ({
    name,
    group: 'cases',
    content: { make: async () => bytesOf(await make(), name) },
    text,
    absent,
    expected,
  }));
}

function bytesOf(made: string | Uint8Array | undefined, name: string): Uint8Array {
  if (made === undefined) throw new Error(`${name} cannot be written in its encoding`);
  return typeof made === 'string' ? new TextEncoder().encode(made) : made;
}
