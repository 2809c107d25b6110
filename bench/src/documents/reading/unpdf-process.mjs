// Reads the PDF that its argument names with unpdf alone, and prints its pages and the time (s) since pdf.js was
// loaded. It is plain JavaScript: a loader of TypeScript would lengthen its start, which is measured as well.
import { readFile } from 'node:fs/promises';
import { extractText, getDocumentProxy, getResolvedPDFJS } from 'unpdf';

await getResolvedPDFJS();
const start = performance.now();
const file = await readFile(process.argv[2]);
const pdf = await getDocumentProxy(new Uint8Array(file.buffer, file.byteOffset, file.byteLength), { verbosity: 0 });
const { totalPages } = await extractText(pdf);
await pdf.destroy();
console.log(JSON.stringify({ pages: totalPages, seconds: (performance.now() - start) / 1_000 }));
