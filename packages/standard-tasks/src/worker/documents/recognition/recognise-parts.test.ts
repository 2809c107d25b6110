import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DEFAULT_LIMITS, type ParsedPart } from '@taskwire/documents';
import { makeScan } from '@taskwire/documents/testing';
import { useTemporaryFolder } from '@taskwire/test-kit/vitest';
import { expect, it, vi } from 'vitest';
import { PartRecogniser } from './recognise-parts.ts';

const PICTURE = { width: 200, height: 200, bits: 8, samples: new Uint8Array(40_000) } as const;
const folder = useTemporaryFolder('parts');

it('counts recognised pages as pages with text, and never lowers its progress', async () => {
  const path = join(folder.path, 'scan.pdf');
  await writeFile(path, makeScan([PICTURE, 'second', PICTURE]));
  const onPage = vi.fn(() => Promise.resolve());
  const command = [process.execPath, '--eval', 'console.log("recognised")'];
  const recogniser = new PartRecogniser({
    ...{ path, limits: DEFAULT_LIMITS, onPage, signal: new AbortController().signal },
    settings: { command, language: 'eng', pageMs: 20_000 },
  });
  const part: ParsedPart = { sections: [], pages: 3, done: 3, total: 3 };
  await recogniser.complete(part);
  const completed = await recogniser.complete({
    ...part,
    sections: [{ page: 2, text: 'second' }],
    coverage: { pagesWithText: 1, pagesWithoutText: [1, 3], pagesUnreadable: [] },
  });
  expect(completed.part.sections.map(({ page, text }) => [page, text])).toEqual([
    [1, 'recognised'],
    [2, 'second'],
    [3, 'recognised'],
  ]);
  expect(completed.part.coverage).toEqual({ pagesWithText: 3, pagesWithoutText: [], pagesUnreadable: [] });
  expect(completed.recognised).toEqual([1, 3]);
  expect(onPage).toHaveBeenCalledWith(1, expect.objectContaining({ done: 3 }));
});
