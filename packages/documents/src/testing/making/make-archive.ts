import { strToU8, zipSync, type Zippable } from 'fflate';

/** Makes a ZIP archive of texts and bytes by name; a file `mimetype` is stored as it is, as OpenDocument and EPUB want. */
export function makeArchive(files: Readonly<Record<string, string | Uint8Array>>): Uint8Array {
  const entries: Zippable = {};
  for (const [name, content] of Object.entries(files)) {
    const bytes = typeof content === 'string' ? strToU8(content) : content;
    entries[name] = name === 'mimetype' ? [bytes, { level: 0 }] : bytes;
  }
  return zipSync(entries);
}
