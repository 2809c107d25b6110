import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { collect, sectionsOf } from '../../../testing/collect.ts';
import { makePdf } from '../../../testing/making/make-pdf.ts';
import { parsePdf } from './parse-pdf.ts';

const line = (text: string) => ({ text, size: 10 });
const encryptedPdf = new URL('../../../../fixtures/encrypted.pdf', import.meta.url);

describe('parsePdf', () => {
  it('gives the text of each page with its number, one page a part', async () => {
    const bytes = await makePdf([[line('alpha')], [line('beta')], [line('gamma')]]);
    const parts = await collect(parsePdf(bytes));
    expect(parts.map((part) => part.itemName)).toEqual(['page 1 of 3', 'page 2 of 3', 'page 3 of 3', undefined]);
    expect(parts.every((part) => part.pages === 3 && part.total === 3)).toBe(true);
    expect(parts.flatMap((part) => part.sections)).toEqual([
      { page: 1, text: 'alpha' },
      { page: 2, text: 'beta' },
      { page: 3, text: 'gamma' },
    ]);
  });

  it('joins lines to paragraphs and makes divided words whole', async () => {
    const bytes = await makePdf([
      [
        line('A paragraph that goes on for exam-'),
        line('ple over two lines.'),
        line(''),
        line(''),
        line('Another one.'),
      ],
    ]);
    expect(await sectionsOf(parsePdf(bytes))).toEqual([
      { page: 1, text: 'A paragraph that goes on for example over two lines.\n\nAnother one.' },
    ]);
  });

  it('takes short text that is set larger for a heading, which holds over the following pages', async () => {
    const bytes = await makePdf([
      [{ text: 'Chapter One', size: 20 }, line('Running text of the first page.')],
      [line('Running text of the second page.')],
    ]);
    expect(await sectionsOf(parsePdf(bytes))).toEqual([
      { page: 1, heading: 'Chapter One', text: 'Running text of the first page.' },
      { page: 2, heading: 'Chapter One', text: 'Running text of the second page.' },
    ]);
  });

  it('joins a heading of two lines', async () => {
    const bytes = await makePdf([
      [
        { text: 'A Long', size: 20 },
        { text: 'Heading', size: 20 },
        line('Running text of the page.'),
        line('And more.'),
      ],
    ]);
    expect(await sectionsOf(parsePdf(bytes))).toEqual([
      { page: 1, heading: 'A Long Heading', text: 'Running text of the page. And more.' },
    ]);
  });

  it('keeps a heading that has no text of its own', async () => {
    const bytes = await makePdf([
      [line('Enough running text to know what the usual size is.'), { text: 'The End', size: 20 }],
    ]);
    expect((await sectionsOf(parsePdf(bytes))).at(-1)).toEqual({ page: 1, heading: 'The End', text: 'The End' });
  });

  it('gives no section for pages without text', async () => {
    expect(await sectionsOf(parsePdf(await makePdf([[], []])))).toEqual([]);
  });

  it('refuses an encrypted PDF for good, in plain words', async () => {
    const bytes = new Uint8Array(await readFile(encryptedPdf));
    await expect(collect(parsePdf(bytes))).rejects.toMatchObject({
      code: 'DOCUMENT_ENCRYPTED',
      message: 'the PDF is encrypted: save it without a password and upload it again',
    });
  });

  it('refuses a broken PDF for good', async () => {
    for (const content of ['', '%PDF-1.7\nnothing of use', 'no PDF at all']) {
      await expect(collect(parsePdf(new TextEncoder().encode(content)))).rejects.toMatchObject({
        code: 'DOCUMENT_UNREADABLE',
      });
    }
  });
});
