import { strToU8, zipSync, type Zippable } from 'fflate';

/**
 * Makes a ZIP archive of texts and bytes by name. A file `mimetype` is stored unpacked, as OpenDocument and EPUB
 * require.
 */
export function makeArchive(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const entries: Zippable = {};
  for (const [name, content] of Object.entries(files)) {
    const bytes = typeof content === 'string' ? strToU8(content) : content;
    entries[name] = name === 'mimetype' ? [bytes, { level: 0 }] : bytes;
  }
  return zipSync(entries);
}
