import {
  claimedPagesPdf,
  deepPageTreePdf,
  hugeImagePdf,
  inflatingPdf,
  multiplyingFormsPdf,
  recursiveFormPdf,
} from '@taskwire/documents/testing';
import type { CorpusDocument } from './corpus-document.ts';

/** A text that is hard to parse: what it repeats, up to its size. */
interface WorstCase {
  name: string;
  repeated: (index: number) => string;
  /** Text before and behind the repetitions. */
  before?: string;
  behind?: string;
}

const WORST_CASES: readonly WorstCase[] = [
  { name: 'underlined-headings.md', repeated: (index) => `Part ${index}\n====\n\nA paragraph of plain words.\n\n` },
  { name: 'quote-marks.md', repeated: () => '>' },
  { name: 'open-emphasis.md', repeated: () => '*a_ ' },
  { name: 'open-brackets.md', repeated: () => '[' },
  { name: 'open-links.md', repeated: () => '[a](' },
  { name: 'backticks.md', repeated: (index) => '`'.repeat((index % 50) + 1) + ' ' },
  { name: 'nested-lists.md', repeated: (index) => `${' '.repeat((index % 200) * 2)}- item ${index}\n` },
  { name: 'link-definitions.md', repeated: (index) => `[r${index}]: https://example.org/${index}\n` },
  { name: 'one-wide-table.md', repeated: () => '| a ', before: '', behind: '|\n' },
  { name: 'no-headings.md', repeated: () => 'A plain paragraph with words and more words in it.\n\n' },
  { name: 'one-line.txt', repeated: () => 'word ' },
  { name: 'without-spaces.txt', repeated: () => '环境保护条例' },
  { name: 'open-tags.html', repeated: () => '<', before: '<!doctype html><p>' },
  { name: 'ampersands.html', repeated: () => '&', before: '<!doctype html><p>' },
  { name: 'deep-divs.html', repeated: () => '<div>', before: '<!doctype html><body>' },
  { name: 'open-formatting.html', repeated: () => '<b><i>a', before: '<!doctype html><p>' },
  { name: 'one-attribute.html', repeated: () => 'value ', before: '<!doctype html><p title="', behind: '">text</p>' },
  { name: 'misnested-tables.html', repeated: () => '<table><td><a>x', before: '<!doctype html><body>' },
];

/** Texts that are made to be slow. @param bytes Approximate size of each. */
export function worstDocuments(bytes: number): CorpusDocument[] {
  return WORST_CASES.map(({ name, repeated, before = '', behind = '' }) => ({
    name,
    group: name,
    content: { make: () => Buffer.from(before + repeatedTo(repeated, bytes) + behind) },
  }));
}

/** Small PDFs that ask for far more memory or time than they are worth. */
export function worstPdfs(): CorpusDocument[] {
  const files: Readonly<Record<string, () => Uint8Array>> = {
    'inflates-to-1-gib.pdf': () => inflatingPdf(1_024),
    'multiplying-forms.pdf': () => multiplyingFormsPdf(8),
    'recursive-form.pdf': recursiveFormPdf,
    'deep-page-tree.pdf': () => deepPageTreePdf(50_000),
    'claims-1,000,000-pages.pdf': () => claimedPagesPdf(1_000_000),
    'huge-image.pdf': () => hugeImagePdf(60_000),
  };
  return Object.entries(files).map(([name, make]) => ({ name, group: name, content: { make } }));
}

function repeatedTo(repeated: (index: number) => string, bytes: number): string {
  const pieces: string[] = [];
  for (let length = 0, index = 0; length < bytes; index += 1) {
    const piece = repeated(index);
    pieces.push(piece);
    length += Buffer.byteLength(piece);
  }
  return pieces.join('');
}
