/** The character that ends a page: form feed. */
export const PAGE_BREAK = '\f';

const FORM_FEED = 0x0c;

/** Number of pages into which form feeds divide a text. Form feeds at its end do not count. */
export function countPages(bytes: Uint8Array, encoding: string): number {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, endOfText(bytes));
  const breaks = encoding.startsWith('utf-16') || encoding.startsWith('utf-32') ? countWide : countBytes;
  return 1 + breaks(buffer, encoding);
}

function endOfText(bytes: Uint8Array): number {
  let end = bytes.length;
  // Zeros belong to white space of two and four bytes per character.
  while (end > 0 && [0x00, 0x09, 0x0a, FORM_FEED, 0x0d, 0x20].includes(bytes[end - 1] ?? 0)) end -= 1;
  return end;
}

/** In encodings of one byte per character, and in those that keep ASCII, no other character contains 0x0C. */
function countBytes(buffer: Buffer): number {
  let count = 0;
  for (let at = buffer.indexOf(FORM_FEED); at !== -1; at = buffer.indexOf(FORM_FEED, at + 1)) count += 1;
  return count;
}

function countWide(buffer: Buffer, encoding: string): number {
  const width = encoding.startsWith('utf-16') ? 2 : 4;
  let count = 0;
  for (let unit = 0; unit + width <= buffer.length; unit += width) {
    const value = encoding.endsWith('le') ? buffer.readUIntLE(unit, width) : buffer.readUIntBE(unit, width);
    if (value === FORM_FEED) count += 1;
  }
  return count;
}
