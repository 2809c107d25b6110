// Makes documents/event-streams-handbook.pdf, the document that `start` ingests, from the Markdown beside it:
// node scripts/run.mjs examples/make-handbook.ts
import { readFile, writeFile } from 'node:fs/promises';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { toString } from 'mdast-util-to-string';
import { PDFDocument } from 'pdf-lib';
import { PageWriter, type TextStyle } from './page-writer.ts';

type Block = ReturnType<typeof fromMarkdown>['children'][number];

const source = new URL('documents/event-streams-handbook.md', import.meta.url);
const target = new URL('documents/event-streams-handbook.pdf', import.meta.url);

const TITLE: TextStyle = { font: 'bold', size: 26 };
const CHAPTER: TextStyle = { font: 'bold', size: 19 };
const SECTION: TextStyle = { font: 'bold', size: 13, before: 14 };
const BODY: TextStyle = { font: 'body', size: 11, before: 7 };
const BULLET: TextStyle = { font: 'body', size: 11, before: 4 };
const CODE: TextStyle = { font: 'code', size: 8, before: 9, indent: 10 };

/** A fixed date: the same source gives the same file. */
const MADE = new Date('2026-01-01T00:00:00Z');

function writeHeading(writer: PageWriter, text: string, depth: number): void {
  if (depth > 1) {
    writer.writeParagraph(text, SECTION);
    return;
  }
  writer.startPage();
  writer.writeParagraph(text, CHAPTER);
}

function writeBlock(writer: PageWriter, block: Block): void {
  switch (block.type) {
    case 'heading':
      writeHeading(writer, toString(block), block.depth);
      return;
    case 'code':
      writer.writeLines(block.value.split('\n'), CODE);
      return;
    case 'list':
      for (const item of block.children) writer.writeParagraph(`- ${toString(item)}`, BULLET);
      return;
    default:
      writer.writeParagraph(toString(block), BODY);
  }
}

const [title, ...blocks] = fromMarkdown(await readFile(source, 'utf8')).children;
if (title?.type !== 'heading') throw new Error('the handbook must begin with its title');

const pdf = await PDFDocument.create();
pdf.setTitle(toString(title));
pdf.setCreationDate(MADE);
pdf.setModificationDate(MADE);
const writer = await PageWriter.create(pdf);
writer.startPage(120);
writer.writeParagraph(toString(title), TITLE);
for (const block of blocks) writeBlock(writer, block);
writer.numberPages();
await writeFile(target, await pdf.save());
