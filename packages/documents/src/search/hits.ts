import { bestPassage, type Passage } from './best-passage.ts';
import { isInOneDocument, type FoundChunk, type SearchScope } from './find-chunks.ts';
import { findMatches, type ChunkMatches, type Match } from './find-matches.ts';
import type { QueryWriter } from './query-text.ts';
import type { Question, TermWord } from './question.ts';
import { snippetOf, type SnippetPart } from './snippet.ts';

/** A passage of a document that a question found. */
export interface Hit {
  documentId: string;
  /** The task that read the document last. */
  taskId?: string;
  fileName: string;
  /** 1-based: the page of the passage. A document without pages has one. */
  page: number;
  /** The page on which the passage ends, where that is another. */
  lastPage?: number;
  /** The page's name in the document's own numbering. */
  pageLabel?: string;
  heading?: string;
  /** The headings above `heading`, outermost first. */
  headingPath?: string[];
  /** The chunk's number in its document, from 0. */
  ordinal: number;
  /** Higher is better; comparable within one answer only. */
  rank: number;
  /** ISO 639-1. */
  language?: string;
  /** An extract in parts; it begins or ends with an ellipsis where the text goes on. */
  snippet: SnippetPart[];
}

interface Asked {
  question: Question;
  writer: QueryWriter;
  scope: SearchScope;
  limit: number;
}

/** Makes hits of chunks, which come best first: one for each page, with its best passage. */
export function hitsOf(chunks: readonly FoundChunk[], { question, writer, scope, limit }: Asked): Hit[] {
  const terms = writer.countingTerms(question);
  const stemLexemesOf = (word: TermWord) => writer.stemLexemes(word);
  const hits = new Map<string, Hit>();
  for (const chunk of chunks) {
    if (hits.size === limit) break;
    if (isTaken(chunk, hits, scope)) continue;
    const stemPositions = new Map(chunk.stems.map(([lexeme, positions]) => [lexeme, new Set(positions)]));
    const matches = inPages(chunk, findMatches(chunk, { terms, stemLexemesOf, stemPositions }), scope);
    const passage = bestPassage(matches.text);
    const hit = hitOf(chunk, { matches, passage });
    const key = placeOf(hit, chunk, { scope, passage });
    if (isInScope(hit, scope) && !hits.has(key)) hits.set(key, hit);
  }
  return [...hits.values()];
}

/** Whether the chunk's only page has a hit already: then its words need not be looked for. */
function isTaken(
  { documentId, page, lastPage, hasPages }: FoundChunk,
  hits: ReadonlyMap<string, Hit>,
  scope: SearchScope,
): boolean {
  const isOnePage = (lastPage ?? page) === page && (hasPages || !isInOneDocument(scope));
  return isOnePage && hits.has(pageKey(documentId, page));
}

function pageKey(documentId: string, page: number): string {
  return `${documentId} page ${page}`;
}

/** What no two hits share: a page; or a chunk, where a document without pages is asked for. */
function placeOf(
  { documentId, page, ordinal }: Hit,
  { hasPages, overlap }: FoundChunk,
  { scope, passage }: { scope: SearchScope; passage: Passage | undefined },
): string {
  if (!isInOneDocument(scope) || hasPages) return pageKey(documentId, page);
  // The end of the chunk before is repeated.
  const isRepeated = passage !== undefined && passage.last.end <= overlap;
  return `${documentId} ${isRepeated ? ordinal - 1 : ordinal}`;
}

function isInScope({ page }: Pick<Hit, 'page'>, { pages }: SearchScope): boolean {
  return page >= (pages?.from ?? page) && page <= (pages?.to ?? page);
}

/** Only those matches that stand on wanted pages. */
function inPages(chunk: FoundChunk, matches: ChunkMatches, scope: SearchScope): ChunkMatches {
  if (scope.pages === undefined) return matches;
  return { ...matches, text: matches.text.filter(({ start }) => isInScope({ page: pageAt(chunk, start) }, scope)) };
}

function pageAt({ page, pageStarts }: FoundChunk, offset: number): number {
  return page + pageStarts.filter((start) => start <= offset).length;
}

function hitOf(chunk: FoundChunk, { matches, passage }: { matches: ChunkMatches; passage: Passage | undefined }): Hit {
  const { documentId, fileName, ordinal, rank, text } = chunk;
  const page = pageAt(chunk, passage?.first.start ?? 0);
  return {
    documentId,
    ...(chunk.taskId === null ? {} : { taskId: chunk.taskId }),
    fileName,
    ...pagesOf(chunk, { page, last: passage?.last }),
    ...headingsOf(chunk),
    ordinal,
    rank,
    ...(chunk.language === null ? {} : { language: chunk.language }),
    snippet: snippetOf({ text, heading: chunk.heading ?? undefined, matches, passage }),
  };
}

function pagesOf(chunk: FoundChunk, { page, last }: { page: number; last: Match | undefined }) {
  const lastPage = last === undefined ? page : pageAt(chunk, last.end - 1);
  const pageLabel = chunk.pageLabels[String(page)];
  return { page, ...(lastPage === page ? {} : { lastPage }), ...(pageLabel === undefined ? {} : { pageLabel }) };
}

function headingsOf({ heading, headingPath }: FoundChunk) {
  return { ...(heading === null ? {} : { heading }), ...(headingPath.length === 0 ? {} : { headingPath }) };
}
