import type { LanguageSample } from '@taskwire/documents/testing';

/** The whole text of a sample, as plain text: title and paragraphs with empty lines between them. */
export function plainTextOf({ title, paragraphs }: LanguageSample): string {
  return [title, ...paragraphs.map(({ text }) => text)].join('\n\n') + '\n';
}
