import { formatTime, plain, type Colors } from '@taskwire/cli/extension';
import type { Document } from '../server/procedures/stored-documents.ts';
import { coverageWords, languageWords } from '../words/document-words.ts';

/** A document on one line: id, pages, time of its last reading, file, number of warnings. */
export function documentLine(document: Document, colors: Colors): string {
  const { documentId, pages, updatedAt, fileName, warnings } = document;
  return [
    documentId,
    `${pages} ${pages === 1 ? 'page' : 'pages'}`.padStart(11),
    colors.dim(formatTime(updatedAt).slice(0, 16)),
    plain(fileName),
    ...(warnings.length === 0
      ? []
      : [colors.yellow(`${warnings.length} ${warnings.length === 1 ? 'warning' : 'warnings'}`)]),
  ].join('  ');
}

/** A document as a block of `name  value` lines. */
export function documentBlock(document: Document, colors: Colors): string {
  const { coverage, sizeBytes } = document;
  const rows: [string, string | undefined][] = [
    ['document', document.documentId],
    ['file', plain(document.fileName)],
    ['type', plain(document.mediaType)],
    ['size', sizeBytes === undefined ? 'the file is gone' : `${sizeBytes} bytes`],
    ['pages', String(document.pages)],
    ['characters', String(document.characters)],
    ['languages', document.languages.length === 0 ? undefined : plain(languageWords(document.languages))],
    ['coverage', coverage === undefined ? undefined : coverageWords(coverage)],
    ['task', document.taskId],
    ['created', formatTime(document.createdAt)],
    ['last read', formatTime(document.updatedAt)],
    ...document.warnings.map((warning): [string, string] => ['warning', colors.yellow(plain(warning))]),
  ];
  return rows
    .flatMap(([name, value]) => (value === undefined ? [] : [`${colors.dim(name.padEnd(10))}  ${value}`]))
    .join('\n');
}
