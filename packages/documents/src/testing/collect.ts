import type { ParsedPart, Section } from '../reading/section.ts';

/** All items of an iteration. */
export async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** The sections of all parts. */
export async function sectionsOf(parts: AsyncIterable<ParsedPart>): Promise<Section[]> {
  return (await collect(parts)).flatMap((part) => part.sections);
}
