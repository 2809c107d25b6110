/** Marks the record at the end of a ZIP archive. */
const END_RECORD = Buffer.from('PK\u0005\u0006', 'latin1');
/** Size (bytes) of that record without its comment, and where the comment's length stands in it. */
const END_RECORD_BYTES = 22;
const COMMENT_LENGTH_OFFSET = 20;

/** The form in which names of files in an archive are compared: no slash in front, one kind of slash, no case. */
export function archiveName(name: string): string {
  return name.replaceAll('\\', '/').replace(/^\/+/, '').toLowerCase();
}

/** The name that a link in a file of an archive means: relative to the file's folder, or absolute. */
export function resolveName(from: string, target: string): string {
  const [path = ''] = target.split(/[?#]/, 1);
  const isAbsolute = /^[\\/]/.test(path);
  const folder = isAbsolute ? [] : from.split('/').slice(0, -1);
  const resolved: string[] = [];
  for (const segment of [...folder, ...decodeName(path).replaceAll('\\', '/').split('/')]) {
    if (segment === '..') resolved.pop();
    else if (segment !== '' && segment !== '.') resolved.push(segment);
  }
  return resolved.join('/');
}

function decodeName(name: string): string {
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

/** A ZIP archive without the bytes that some programs leave behind its end. */
export function withoutTrailingBytes(archive: Buffer): Buffer {
  const record = archive.lastIndexOf(END_RECORD);
  if (record === -1 || record + END_RECORD_BYTES > archive.length) return archive;
  const end = record + END_RECORD_BYTES + archive.readUInt16LE(record + COMMENT_LENGTH_OFFSET);
  return archive.subarray(0, Math.min(end, archive.length));
}
