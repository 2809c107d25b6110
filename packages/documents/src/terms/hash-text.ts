/** A text's 32-bit hash, unsigned: FNV-1a over UTF-16 units. Stored rows hold hashes, so that it must not change. */
export function hashText(text: string): number {
  let hash = 0x81_1c_9d_c5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01_00_01_93);
  return hash >>> 0;
}
