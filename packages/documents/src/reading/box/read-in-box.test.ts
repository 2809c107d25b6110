import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { useTemporaryFolder } from '@taskwire/test-kit/vitest';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { boxesOf, collect, isRunning, makePdf, makeScan } from '../../testing/index.ts';
import { makeRawPage, makeRawPdf } from '../../testing/making/make-raw-pdf.ts';
import {
  claimedPagesPdf,
  deepOutlinePdf,
  deepPageTreePdf,
  hugeImagePdf,
  inflatingPdf,
  multiplyingFormsPdf,
  recursiveFormPdf,
} from '../../testing/making/pdf-worst-cases.ts';
import { DEFAULT_LIMITS, type ReadingLimits } from '../limits.ts';
import type { ParsedPart } from '../section.ts';
import { imagesInBox, readInBox } from './read-in-box.ts';

const PDF = 'application/pdf';
const PATIENCE = { timeout: 20_000, interval: 50 };
const folder = useTemporaryFolder('box');

afterAll(async () => {
  expect(await boxesOf(process.pid)).toEqual([]);
});

async function saved(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder.path, name);
  await writeFile(path, content);
  return path;
}

const { signal } = new AbortController();

interface Reading {
  content: string | Uint8Array;
  mediaType?: string;
  limits?: Partial<ReadingLimits>;
}

let count = 0;
async function read({ content, mediaType = PDF, limits = {} }: Reading): Promise<ParsedPart[]> {
  const path = await saved(`document-${(count += 1)}`, content);
  const batches = readInBox({ path, mediaType, limits: { ...DEFAULT_LIMITS, ...limits }, signal });
  return (await collect(batches)).flat();
}

const pagesOf = (pages: number) =>
  makePdf(Array.from({ length: pages }, (_, index) => [{ text: `text ${index + 1}`, size: 10 }]));

describe('readInBox', () => {
  it('reads a document in a process of its own, several parts at a time', async () => {
    const path = await saved('pages.pdf', await pagesOf(60));
    const batches = await collect(readInBox({ path, mediaType: PDF, limits: DEFAULT_LIMITS, signal }));
    const sections = batches.flat().flatMap((part) => part.sections);
    expect(sections.map(({ page, text }) => [page, text])).toEqual(
      Array.from({ length: 60 }, (_, index) => [index + 1, `text ${index + 1}`]),
    );
    expect(batches.length).toBeLessThan(60);
  });

  it('reads the pages of a PDF whose outline is nested too deeply to be read', async () => {
    const parts = await read({ content: deepOutlinePdf(30_000) });
    expect(parts.flatMap(({ sections }) => sections)).toMatchObject([{ page: 1, text: 'a page with text' }]);
  });

  it('reads fonts that need the CMaps of the reader: they are among the files that it may open', async () => {
    const system = '/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >>';
    const descriptor = '/FontDescriptor << /Type /FontDescriptor /FontName /Some /Flags 6 >>';
    const descendant = `<< /Type /Font /Subtype /CIDFontType0 /BaseFont /Some ${system} ${descriptor} >>`;
    const fonts = `/F2 << /Type /Font /Subtype /Type0 /BaseFont /Some /Encoding /GBK-EUC-H /DescendantFonts [${descendant}] >>`;
    const content = makeRawPdf(makeRawPage('BT /F2 14 Tf 72 700 Td <b1b1bea9> Tj ET', { fonts }));
    expect((await read({ content })).flatMap((part) => part.sections)).toEqual([{ page: 1, text: '北京' }]);
  });

  it('passes on why a document is refused', async () => {
    await expect(read({ content: '%PDF-1.7 broken' })).rejects.toMatchObject({ code: 'DOCUMENT_UNREADABLE' });
    await expect(read({ content: 'x', mediaType: 'image/png' })).rejects.toMatchObject({
      code: 'MEDIA_TYPE_UNSUPPORTED',
    });
  });

  it.each<[string, () => Uint8Array | Promise<Uint8Array>, Partial<ReadingLimits>]>([
    ['DOCUMENT_MEMORY_MIB', () => inflatingPdf(300), { memoryMiB: 200 }],
    ['DOCUMENT_CPU_SECONDS', () => multiplyingFormsPdf(12), { cpuSeconds: 1 }],
    ['DOCUMENT_PAGE_CPU_SECONDS', () => multiplyingFormsPdf(12), { pageCpuSeconds: 2 }],
    ['DOCUMENT_PAGE_CPU_SECONDS', () => multiplyingFormsPdf(12, { isStamp: true }), { pageCpuSeconds: 2 }],
    ['DOCUMENT_PAGE_CPU_SECONDS', () => multiplyingFormsPdf(12, { pages: 9 }), { pageCpuSeconds: 2 }],
    ['DOCUMENT_SILENCE_MS', () => multiplyingFormsPdf(12), { silenceMs: 2_000 }],
    ['DOCUMENT_PAGES', () => pagesOf(12), { pages: 11 }],
  ])('names the limit that a document exceeds: %s', async (setting, makeContent, limits) => {
    const content = await makeContent();
    await expect(read({ content, limits })).rejects.toMatchObject({
      code: 'DOCUMENT_TOO_COMPLEX',
      message: expect.stringContaining(setting),
    });
  });

  it.each<[string, Uint8Array, number]>([
    ['a form that shows itself', recursiveFormPdf(), 1],
    ['forms that multiply and show nothing', multiplyingFormsPdf(12, { innermost: '' }), 0],
    ['a tree of pages of 2,000 levels', deepPageTreePdf(2_000), 0],
    ['a million pages that are not there', claimedPagesPdf(1_000_000), 0],
    ['an image of ten thousand million pixels', hugeImagePdf(100_000), 0],
  ])('reads on over %s', async (_, content, pagesWithText) => {
    const parts = await read({ content, limits: { memoryMiB: 400 } });
    expect(parts.reduce((sum, { coverage }) => sum + (coverage?.pagesWithText ?? 0), 0)).toBe(pagesWithText);
  });

  it("does not raise its parent's memory, for any document", async () => {
    const content = inflatingPdf(500);
    await read({ content: await pagesOf(1) });
    const before = process.memoryUsage.rss();
    for (let time = 0; time < 2; time += 1) {
      await expect(read({ content, limits: { memoryMiB: 300 } })).rejects.toThrow('300 MiB');
    }
    expect(process.memoryUsage.rss() - before).toBeLessThan(100 * 1_024 * 1_024);
  });

  it('ends with the reason of the signal in the middle of a page, and its process with it', async () => {
    const path = await saved('endless.pdf', multiplyingFormsPdf(12));
    const controller = new AbortController();
    const reading = collect(readInBox({ path, mediaType: PDF, limits: DEFAULT_LIMITS, signal: controller.signal }));
    const failed = expect(reading).rejects.toThrow('canceled');
    await vi.waitFor(async () => expect(await boxesOf(process.pid)).toHaveLength(1), PATIENCE);
    controller.abort(new Error('canceled'));
    await failed;
    expect(await boxesOf(process.pid)).toEqual([]);
  });

  it('ends its process when the iteration ends early', async () => {
    const path = await saved('left.pdf', await pagesOf(200));
    for await (const parts of readInBox({ path, mediaType: PDF, limits: DEFAULT_LIMITS, signal })) {
      expect(parts.length).toBeGreaterThan(0);
      break;
    }
    expect(await boxesOf(process.pid)).toEqual([]);
  });

  it('starts nothing when the signal has aborted already', async () => {
    const reason = new Error('canceled');
    const aborted = AbortSignal.abort(reason);
    const reading = collect(readInBox({ path: 'x', mediaType: PDF, limits: DEFAULT_LIMITS, signal: aborted }));
    await expect(reading).rejects.toBe(reason);
  });

  it('leaves no process behind when its parent is killed, although it is busy', async () => {
    const path = await saved('busy.pdf', multiplyingFormsPdf(12));
    const program = fileURLToPath(new URL('../../testing/box-parent.ts', import.meta.url));
    const parent = spawn(process.execPath, ['--conditions=taskwire-source', '--import=tsx', program, path, PDF]);
    const boxes = await vi.waitFor(async () => {
      const found = await boxesOf(parent.pid ?? 0);
      expect(found).toHaveLength(1);
      return found;
    }, PATIENCE);
    parent.kill('SIGKILL');
    for (const box of boxes) await vi.waitFor(async () => expect(await isRunning(box)).toBe(false), PATIENCE);
  });
});

describe('imagesInBox', () => {
  it('decodes the pictures of pages in a process of its own', async () => {
    const picture = { width: 200, height: 100, bits: 8, samples: new Uint8Array(20_000) } as const;
    const path = await saved('scan.pdf', makeScan(['text', picture, picture]));
    const images = await collect(imagesInBox({ path, pages: [2, 3], limits: DEFAULT_LIMITS, signal }));
    expect(images.map(({ page, width, height }) => [page, width, height])).toEqual([
      [2, 200, 100],
      [3, 200, 100],
    ]);
  });
});
