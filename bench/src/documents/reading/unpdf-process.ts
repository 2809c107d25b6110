// Reads PDFs with unpdf alone, one after another, as they are asked for: what its speed is compared with.
import { readFile } from 'node:fs/promises';
import { extractText, getDocumentProxy } from 'unpdf';
import { unpdfOrderSchema, type UnpdfReply } from './unpdf-messages.ts';

async function read(path: string): Promise<UnpdfReply> {
  const start = performance.now();
  try {
    const file = await readFile(path);
    const pdf = await getDocumentProxy(new Uint8Array(file.buffer, file.byteOffset, file.byteLength));
    const { totalPages } = await extractText(pdf);
    await pdf.destroy();
    return { type: 'read', pages: totalPages, seconds: (performance.now() - start) / 1_000 };
  } catch {
    return { type: 'failed' };
  }
}

process.on('message', (message) => {
  void read(unpdfOrderSchema.parse(message).path).then((reply) => process.send?.(reply));
});
process.on('disconnect', () => process.exit());
process.send?.({ type: 'ready' } satisfies UnpdfReply);
