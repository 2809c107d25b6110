// A program that reads a document in a box: its arguments are the document's path and media type.
import { DEFAULT_LIMITS } from '../reading/limits.ts';
import { readInBox } from '../reading/box/read-in-box.ts';

const [, , path = '', mediaType = ''] = process.argv;
const { signal } = new AbortController();
for await (const parts of readInBox({ path, mediaType, limits: DEFAULT_LIMITS, signal })) {
  process.stdout.write(`${parts.length}\n`);
}
