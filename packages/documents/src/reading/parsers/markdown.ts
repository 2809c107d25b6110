import { decodePieces } from '../encodings/decode-pieces.ts';
import type { ParsedPart } from '../section.ts';
import { SectionCollector } from '../section-collector.ts';
import { BlockParser } from './markdown/block-parser.ts';
import { definitionsIn } from './markdown/definitions.ts';
import { FrontMatter } from './markdown/front-matter.ts';
import { MarkdownWriter } from './markdown/markdown-writer.ts';
import { TextLines, type TextLine } from './text-lines.ts';

/**
 * Reads Markdown (CommonMark, GitHub's tables and footnotes): one page, sections by heading. It holds only the open
 * block and takes linear time for any text.
 */
export async function* parseMarkdown(bytes: Uint8Array): AsyncGenerator<ParsedPart, void> {
  const collector = new SectionCollector();
  const total = bytes.length;
  const lines = new TextLines();
  const frontMatter = new FrontMatter();
  const blocks = new BlockParser(new MarkdownWriter(collector, definitionsIn(bytes)));
  const take = ({ text, isContinued }: TextLine) => {
    if (isContinued) blocks.continueLine(text);
    else for (const line of frontMatter.line(text, collector) ?? []) blocks.line(line);
  };
  for (const { text, done } of decodePieces(bytes)) {
    for (const line of lines.write(text)) take(line);
    yield { sections: collector.take(), pages: 1, done, total };
  }
  for (const line of lines.end()) take(line);
  for (const line of frontMatter.end()) blocks.line(line);
  blocks.end();
  yield { sections: collector.finish(), pages: 1, done: total, total };
}
