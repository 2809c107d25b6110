import { createDocumentDatabase, type DocumentDatabase } from '@taskwire/documents';
import { TcpProxy } from '@taskwire/test-kit';
import { eventually } from '@taskwire/test-kit/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chunkedDocument } from '../testing/chunked-document.ts';
import { useDocumentBackend } from '../testing/document-backend.ts';
import { indexChunks } from './chunk-index.ts';

const backend = useDocumentBackend();
let proxy: TcpProxy;
let documents: DocumentDatabase;

beforeAll(async () => {
  proxy = await TcpProxy.openBefore(backend.databaseUrl);
  documents = createDocumentDatabase({ connectionString: proxy.urlOf(backend.databaseUrl), patienceMs: 60_000 });
});
afterAll(async () => {
  await documents.$disconnect();
  await proxy.close();
});

/** Mends the proxy once it has turned away a few tries. */
async function mendLater(): Promise<void> {
  await eventually(() => expect(proxy.refused).toBeGreaterThan(4), 20_000);
  proxy.restore();
}

describe('while PostgreSQL is away', () => {
  it('indexing begins again, and leaves the chunks of one run', async () => {
    const document = await chunkedDocument(backend, ['0', '1', '2', '3', '4']);
    let cuts = 0;
    const reported: number[] = [];
    const documentId = await indexChunks(documents, document, {
      async onBatch(indexed) {
        reported.push(indexed);
        if (indexed !== 3 || cuts > 0) return;
        cuts += 1;
        proxy.refuse();
        void mendLater();
      },
      onWords: () => Promise.resolve(),
      onBusy: () => Promise.resolve(),
    });
    expect(reported).toEqual([1, 2, 3, 1, 2, 3, 4, 5]);
    expect(await backend.documents.documentChunk.count({ where: { documentId } })).toBe(5);
  });
});
