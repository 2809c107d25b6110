import { fromMarkdown } from 'mdast-util-from-markdown';
import { toString } from 'mdast-util-to-string';
import type { SectionCollector } from '../section-collector.ts';
import { HtmlText } from './html-text.ts';

type Root = ReturnType<typeof fromMarkdown>;
type Block = Root['children'][number];

/** Turns Markdown into headings and paragraphs of a collector. */
export function collectMarkdown(markdown: string, collector: SectionCollector): void {
  for (const block of fromMarkdown(markdown).children) collectBlock(block, collector);
}

function collectBlock(block: Block, collector: SectionCollector): void {
  switch (block.type) {
    case 'heading':
      collector.startHeading(toString(block, { includeHtml: false }));
      return;
    case 'html':
      collectHtml(block.value, collector);
      return;
    case 'blockquote':
    case 'list':
    case 'listItem':
      for (const child of block.children) collectBlock(child, collector);
      return;
    default:
      collector.addParagraph(toString(block, { includeHtml: false }));
  }
}

function collectHtml(value: string, collector: SectionCollector): void {
  const html = new HtmlText(collector);
  html.write(value);
  html.end();
  collector.addParagraph('');
}
