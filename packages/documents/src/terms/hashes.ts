import { createHash } from 'node:crypto';

/** Length (characters) of an owner's key. With 60 bits, two owners practically never share a key. */
const KEY_LENGTH = 10;

/**
 * The owner's part of every lexeme, which separates an owner's words from all others in the index. A key that two
 * owners share would only cost time, because the search also checks the owner of each row.
 */
export function ownerKey(ownerId: string): string {
  return createHash('sha256').update(ownerId).digest('base64url').slice(0, KEY_LENGTH);
}

/** A text's 32-bit hash, unsigned: FNV-1a over UTF-16 units. Stored rows hold hashes, so that it must not change. */
export function hashText(text: string): number {
  let hash = 0x81_1c_9d_c5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01_00_01_93);
  return hash >>> 0;
}
