import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { runAs, startDocumentFake, type DocumentFake } from './testing/document-command.ts';

let server: DocumentFake;
beforeEach(async () => {
  server = await startDocumentFake();
});
afterEach(() => server.close());

const taskwire = (words: string[]) => runAs(server, words);

function jsonLines(text: string): unknown[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
}

describe('taskwire', () => {
  test('search shows page and snippet of each hit', async () => {
    const snippet = [
      { text: 'the ', match: false },
      { text: 'whale', match: true },
    ];
    const headings = { headingPath: ['Part I'], heading: 'Whales' };
    const hit = {
      documentId: 'd',
      fileName: 'moby.pdf',
      page: 7,
      lastPage: 8,
      ...headings,
      ordinal: 0,
      rank: 1,
      snippet,
    };
    server.ports.documents.answer = { hits: [hit] };
    expect((await taskwire(['search', 'whale'])).stdout).toBe(
      'moby.pdf pages 7–8 · Part I › Whales\n  the whale\n  taskwire document page d 7\n',
    );
    expect(jsonLines((await taskwire(['search', 'whale', '--json'])).stdout)).toMatchObject([{ page: 7, snippet }]);
  });

  test('search shows the page label of the document', async () => {
    const hit = { documentId: 'd', fileName: 'a.pdf', page: 7, pageLabel: 'iv', ordinal: 0, rank: 1, snippet: [] };
    server.ports.documents.answer = { hits: [hit] };
    expect((await taskwire(['search', 'whale'])).stdout).toContain('a.pdf page iv (no. 7 of the file)');
  });

  test.each([
    ['7', { from: 7, to: 7 }],
    ['3-8', { from: 3, to: 8 }],
    ['3-', { from: 3 }],
    ['-8', { to: 8 }],
  ])('search --pages=%s looks at these pages', async (range, pages) => {
    await taskwire(['search', 'whale', `--pages=${range}`]);
    expect(server.ports.documents.searches.at(-1)).toMatchObject({ query: 'whale', pages });
  });

  test('search refuses an invalid range of pages', async () => {
    expect(await taskwire(['search', 'whale', '--pages', 'x'])).toMatchObject({ status: 2 });
    expect((await taskwire(['search', 'whale', '--pages', '8-3'])).stderr).toContain('give the lower page first');
  });

  test('search names corrected words, and says that no passage has all words', async () => {
    const hit = { documentId: 'd', fileName: 'a.pdf', page: 1, ordinal: 0, rank: 1, snippet: [] };
    const corrected = [{ word: 'whela', readAs: 'whale' }];
    server.ports.documents.answer = { hits: [hit], corrected, matched: 'any-word' };
    const { stderr } = await taskwire(['search', 'whela ship']);
    expect(stderr).toContain('Searched for “whale”: “whela” is nowhere.');
    expect(stderr).toContain('No passage has all the words');
  });
});
