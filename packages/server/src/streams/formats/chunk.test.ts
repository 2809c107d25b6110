import { expect, test } from 'vitest';
import { Chunk } from './chunk.ts';

/** Three, two and four bytes a character. */
const TEXT = 'data: 進捗 é 🎉\n\n';

test('a chunk’s framing counts bytes, not characters', () => {
  const size = Buffer.byteLength(TEXT).toString(16);
  expect(size).not.toBe(TEXT.length.toString(16));
  expect(Chunk.of(TEXT).framed.toString()).toBe(`${size}\r\n${TEXT}\r\n`);
});

test('a chunk without its framing is the text alone, in the same memory', () => {
  const { framed, bare } = Chunk.of(TEXT);
  expect(bare.toString()).toBe(TEXT);
  expect(bare.buffer).toBe(framed.buffer);
});

test('joined chunks are one chunk with all their text, in order', () => {
  const texts = [TEXT, 'id: 1\n\n', `${'ü'.repeat(300)}\n\n`] as const;
  const joined = Chunk.join([Chunk.of(texts[0]), Chunk.of(texts[1]), Chunk.of(texts[2])]);
  const text = texts.join('');
  expect(joined.bare.toString()).toBe(text);
  expect(joined.framed.toString()).toBe(`${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`);
});

test('joining one chunk does not copy it', () => {
  const chunk = Chunk.of(TEXT);
  expect(Chunk.join([chunk])).toBe(chunk);
});
