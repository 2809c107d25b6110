import { collect } from '@taskwire/test-kit';
import type { ParsedPart, Section } from '../reading/section.ts';

export { collect };

/** The sections of all parts. */
export async function sectionsOf(parts: AsyncIterable<ParsedPart>): Promise<Section[]> {
  return (await collect(parts)).flatMap((part) => part.sections);
}
