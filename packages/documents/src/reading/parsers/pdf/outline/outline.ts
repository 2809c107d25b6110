import { setTimeout as delay } from 'node:timers/promises';
import type { PdfDocument } from '../opening/open-pdf.ts';

/** An entry of a PDF's outline (its bookmarks). */
export interface OutlineEntry {
  title: string;
  /** 1 is outermost. */
  level: number;
  /** Place (points of PDF) on the page that the entry points to, if it names one. */
  x: number;
  y: number | undefined;
}

/** Largest number of outline entries that are read. */
const MOST_ENTRIES = 10_000;
/** Largest number of entries of one page. */
const MOST_OF_PAGE = 200;
/** Longest wait (ms) for pdf.js's outline. An outline that is nested too deeply to be copied never arrives. */
const OUTLINE_MS = 5_000;
/** Fewest entries of an outline. Many programs write only the document's title. */
const FEWEST_ENTRIES = 2;

/** The fields of pdf.js's entry that are used here. */
interface OutlineNode {
  title: string;
  dest: string | unknown[] | null;
  items: OutlineNode[];
}

function flatten(nodes: readonly OutlineNode[]): { node: OutlineNode; level: number }[] {
  const flat: { node: OutlineNode; level: number }[] = [];
  const open = [...nodes].reverse().map((node) => ({ node, level: 1 }));
  for (let next = open.pop(); next !== undefined && flat.length < MOST_ENTRIES; next = open.pop()) {
    flat.push(next);
    const { items } = next.node;
    const level = next.level + 1;
    for (const node of [...items].reverse()) open.push({ node, level });
  }
  return flat;
}

/** `[page, { name: 'XYZ' }, x, y, zoom]`, `[page, { name: 'FitH' }, y]` (ISO 32000-2, table 149). */
function placeOf(destination: readonly unknown[]): { x: number; y: number | undefined } {
  const [, kind, ...numbers] = destination;
  const name = typeof kind === 'object' && kind !== null && 'name' in kind ? kind.name : undefined;
  const [x, y] = name === 'FitH' || name === 'FitBH' ? [0, numbers[0]] : [numbers[0], numbers[1]];
  return { x: typeof x === 'number' ? x : 0, y: typeof y === 'number' ? y : undefined };
}

type Destinations = Readonly<Record<string, unknown[] | undefined>>;

async function pageIndex(pdf: PdfDocument, destination: readonly unknown[]): Promise<number | undefined> {
  const [target] = destination;
  if (typeof target === 'number') return target;
  if (typeof target !== 'object' || target === null || !('num' in target) || !('gen' in target)) return undefined;
  const { num, gen } = target;
  if (typeof num !== 'number' || typeof gen !== 'number') return undefined;
  return pdf.getPageIndex({ num, gen }).catch(() => undefined);
}

function addEntry(pages: Map<number, OutlineEntry[]>, page: number, entry: OutlineEntry): void {
  const entries = pages.get(page) ?? [];
  pages.set(page, entries);
  if (entries.length < MOST_OF_PAGE) entries.push(entry);
}

/** Destinations by name. Empty if the entries name none. */
async function namedDestinations(pdf: PdfDocument, nodes: readonly { node: OutlineNode }[]): Promise<Destinations> {
  if (!nodes.some(({ node }) => typeof node.dest === 'string')) return {};
  return pdf.getDestinations().catch(() => ({}));
}

/** pdf.js's outline. Null if there is none, or if it does not arrive. */
async function outlineNodes(pdf: PdfDocument): Promise<OutlineNode[] | null> {
  const late = new AbortController();
  const none = delay(OUTLINE_MS, null, { signal: late.signal });
  none.catch(() => undefined);
  try {
    return await Promise.race([pdf.getOutline(), none]);
  } catch {
    return null;
  } finally {
    late.abort();
  }
}

/** The entries of the outline by page (1-based). Undefined if the document has no usable outline. */
export async function readOutline(pdf: PdfDocument): Promise<Map<number, OutlineEntry[]> | undefined> {
  const flat = flatten((await outlineNodes(pdf)) ?? []);
  if (flat.length < FEWEST_ENTRIES) return undefined;
  const named = await namedDestinations(pdf, flat);
  const pages = new Map<number, OutlineEntry[]>();
  for (const { node, level } of flat) {
    const destination = typeof node.dest === 'string' ? named[node.dest] : node.dest;
    const title = node.title.replace(/\s+/g, ' ').trim();
    if (!Array.isArray(destination) || title === '') continue;
    const index = await pageIndex(pdf, destination);
    if (index === undefined) continue;
    addEntry(pages, index + 1, { title, level, ...placeOf(destination) });
  }
  return pages.size === 0 ? undefined : pages;
}
