import { formatBytes, formatCount, acceptsMediaType, uploadPathsIn, type AnyTaskDefinition } from '@taskwire/tasks';

/** The uploads that a form accepts. Both the server (`GET /api/v1/config`) and the kind restrict them. */
export interface UploadRules {
  maxUploadBytes: number;
  acceptedMediaTypes: readonly string[];
}

/** The rules for the file of a kind on this server. */
export function kindUploadRules(task: AnyTaskDefinition, server: UploadRules): UploadRules {
  const [{ accept = server.acceptedMediaTypes, maxBytes = Infinity } = {}] = uploadPathsIn(task.input);
  return { acceptedMediaTypes: accept, maxUploadBytes: Math.min(maxBytes, server.maxUploadBytes) };
}

/** Names and extensions of the types that forms name. */
const KNOWN_TYPES: Record<string, { name: string; extensions: readonly string[] }> = {
  'application/pdf': { name: 'PDF', extensions: ['.pdf'] },
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': {
    name: 'Word',
    extensions: ['.docx', '.docm', '.dotx', '.dotm'],
  },
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': {
    name: 'PowerPoint',
    extensions: ['.pptx', '.pptm', '.ppsx', '.ppsm', '.potx', '.potm'],
  },
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': {
    name: 'Excel',
    extensions: ['.xlsx', '.xlsm', '.xltx', '.xltm'],
  },
  'application/vnd.oasis.opendocument.text': { name: 'OpenDocument', extensions: ['.odt', '.ott'] },
  'application/vnd.oasis.opendocument.presentation': { name: 'OpenDocument', extensions: ['.odp', '.otp'] },
  'application/vnd.oasis.opendocument.spreadsheet': { name: 'OpenDocument', extensions: ['.ods', '.ots'] },
  'application/epub+zip': { name: 'EPUB', extensions: ['.epub'] },
  'application/rtf': { name: 'RTF', extensions: ['.rtf'] },
  'message/rfc822': { name: 'e-mail', extensions: ['.eml'] },
  'text/csv': { name: 'CSV', extensions: ['.csv'] },
  'text/tab-separated-values': { name: 'TSV', extensions: ['.tsv', '.tab'] },
  'text/markdown': { name: 'Markdown', extensions: ['.md', '.markdown', '.mdown', '.mkd'] },
  'text/html': { name: 'HTML', extensions: ['.html', '.htm', '.xhtml', '.xht'] },
  'text/plain': { name: 'plain text', extensions: ['.txt', '.text', '.log'] },
};

function nameOf(mediaType: string): string {
  if (mediaType === '*/*') return 'any file';
  return KNOWN_TYPES[mediaType]?.name ?? (mediaType.endsWith('/*') ? `any ${mediaType.slice(0, -2)}` : mediaType);
}

function extensionsOf(rules: UploadRules): string[] {
  return rules.acceptedMediaTypes.flatMap((type) => KNOWN_TYPES[type]?.extensions ?? []);
}

/** The `accept` attribute of a file input. It has extensions too, because browsers do not know every type (Markdown). */
export function acceptAttribute(rules: UploadRules): string {
  return rules.acceptedMediaTypes.includes('*/*')
    ? ''
    : [...rules.acceptedMediaTypes, ...extensionsOf(rules)].join(',');
}

/** The accepted uploads in words: `PDF, Markdown, HTML, or plain text, up to 100 MB`. */
export function uploadHint(rules: UploadRules): string {
  const names = new Set(rules.acceptedMediaTypes.map(nameOf));
  const list = new Intl.ListFormat('en', { type: 'disjunction' }).format(names);
  return `${list}, up to ${formatBytes(rules.maxUploadBytes)}`;
}

/**
 * Why the server would refuse a file, in words; undefined if it looks acceptable. The server checks the bytes
 * themselves. This check only avoids a useless upload.
 */
export function fileProblem(
  file: { name: string; type: string; size: number },
  rules: UploadRules,
): string | undefined {
  if (file.size === 0) return `“${file.name}” is empty. Choose a file with something in it.`;
  if (file.size > rules.maxUploadBytes) {
    const limit = formatBytes(rules.maxUploadBytes);
    return `“${file.name}” is too large: ${formatBytes(file.size)} (${formatCount(file.size)} bytes). The limit is ${limit}.`;
  }
  const extension = /\.[^.]+$/.exec(file.name.toLowerCase())?.[0] ?? '';
  const type = file.type.split(';', 1)[0] ?? '';
  if (acceptsMediaType({ accept: rules.acceptedMediaTypes }, type) || extensionsOf(rules).includes(extension))
    return undefined;
  // Without a type and an extension, only the server can decide.
  if (type === '' && extension === '') return undefined;
  return `“${file.name}” is of a type that cannot be read. Choose ${uploadHint(rules)}.`;
}
