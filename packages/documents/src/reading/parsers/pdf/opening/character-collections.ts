/** Predefined Unicode encodings and the character collection of each (ISO 32000-2, table 116). */
const COLLECTIONS = [
  { encoding: '/UniGB-', collection: 'GB1' },
  { encoding: '/UniCNS-', collection: 'CNS1' },
  { encoding: '/UniJIS', collection: 'Japan1' },
  { encoding: '/UniKS-', collection: 'Korea1' },
];
/** Bytes of a font's object that are examined. */
const MOST_BYTES = 65_536;

/**
 * Corrects, in place, fonts that name another collection than their encoding's. Some programs write Traditional Chinese
 * so, and their characters would be read as others. Offsets stay: a name is written only if it fits.
 */
export function correctCollections(bytes: Uint8Array): void {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (const { encoding, collection } of COLLECTIONS) {
    for (let at = file.indexOf(encoding); at !== -1; at = file.indexOf(encoding, at + 1)) {
      correct(objectAround(file, at), collection);
    }
  }
}

/** The object around this place, or its part near the place. */
function objectAround(file: Buffer, at: number): Buffer {
  const before = file.subarray(Math.max(0, at - MOST_BYTES), at);
  const after = file.subarray(at, at + MOST_BYTES);
  const end = after.indexOf('endobj');
  const from = at - before.length + before.lastIndexOf(' obj') + 1;
  return file.subarray(from, at + (end === -1 ? after.length : end));
}

function correct(object: Buffer, collection: string): void {
  const found = /\/Ordering\s*\((\w+)\)/.exec(object.toString('latin1'));
  const [whole = '', written = ''] = found ?? [];
  if (found === null || written === collection || written === 'Identity' || written.length < collection.length) return;
  const start = found.index + whole.lastIndexOf('(');
  object.write(`(${collection})`.padEnd(written.length + 2), start, 'latin1');
}
