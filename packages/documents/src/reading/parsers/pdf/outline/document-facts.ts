import { readOutline, type OutlineEntry } from './outline.ts';
import type { PdfDocument } from '../opening/open-pdf.ts';

/** Number of attached files that a warning names. */
const MOST_NAMES = 10;

/** Facts about a PDF besides its pages. */
export interface DocumentFacts {
  /** Entries by page (1-based). Absent if there is no outline. */
  outline: Map<number, OutlineEntry[]> | undefined;
  /** The name of each page. Empty if pages have no names. */
  labels: readonly string[];
  /** Names of attached files. */
  files: string[];
}

function fileNames(attachments: unknown): string[] {
  if (typeof attachments !== 'object' || attachments === null) return [];
  const entries: [string, unknown][] = Object.entries(attachments);
  return entries.map(([key, file]) =>
    typeof file === 'object' && file !== null && 'filename' in file && typeof file.filename === 'string'
      ? file.filename
      : key,
  );
}

/** Reads the facts. A damaged fact counts as absent. */
export async function readFacts(pdf: PdfDocument): Promise<DocumentFacts> {
  const labels = await pdf.getPageLabels().catch(() => null);
  const attachments: unknown = await pdf.getAttachments().catch(() => null);
  return { outline: await readOutline(pdf), labels: labels ?? [], files: fileNames(attachments) };
}

/** The warning about files in the PDF, or undefined if it holds none. */
export function attachmentsWarning(files: readonly string[]): string | undefined {
  const names = [...new Set(files)];
  if (names.length === 0) return undefined;
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  const noun = names.length === 1 ? 'attached file that was' : 'attached files that were';
  return `holds ${names.length} ${noun} not read: ${names.slice(0, MOST_NAMES).join(', ')}${more}`;
}

/** The names of these pages that differ from their numbers. */
export function labelsOf(pages: readonly number[], labels: readonly string[]): Record<string, string> | undefined {
  const named = pages.flatMap((page): [string, string][] => {
    const label = labels[page - 1]?.trim();
    return label === undefined || label === '' || label === String(page) ? [] : [[String(page), label]];
  });
  return named.length === 0 ? undefined : Object.fromEntries(named);
}
