import type { SearchHit } from '../search-answer.ts';
import { bestPassage, type Passage } from './best-passage.ts';
import type { FoundChunk } from '../query/find-chunks.ts';
import { findMatches, type ChunkMatches, type Match } from './find-matches.ts';
import type { QueryWriter } from '../query/query-text.ts';
import type { Question, Term, TermWord } from '../question/question.ts';
import { isInOneDocument, type SearchScope } from '../query/search-scope.ts';
import { snippetOf } from './snippet.ts';

interface Asked {
  question: Question;
  writer: QueryWriter;
  scope: SearchScope;
  limit: number;
}

/** Makes hits of chunks, best first: one for each page, with its best passage. */
export function hitsOf(chunks: readonly FoundChunk[], { question, writer, scope, limit }: Asked): SearchHit[] {
  const terms = { wanted: writer.countingTerms(question), excluded: question.excluded };
  const stemLexemesOf = (word: TermWord) => writer.stemLexemes(word);
  const hits = new Map<string, SearchHit>();
  for (const chunk of chunks) {
    if (hits.size >= limit) break;
    if (isTaken(chunk, hits, scope)) continue;
    const stemPositions = new Map(chunk.stems.map(([lexeme, positions]) => [lexeme, new Set(positions)]));
    const matchesOf = (wanted: readonly Term[]) => findMatches(chunk, { terms: wanted, stemLexemesOf, stemPositions });
    const without = excludedPages(chunk, terms.excluded, matchesOf);
    const everywhere = matchesOf(terms.wanted);
    const matches = inPages(chunk, everywhere, { scope, without });
    for (const passage of isElsewhere(everywhere, matches) ? [] : passagesOf(chunk, matches)) {
      const hit = hitOf(chunk, { matches, passage });
      const key = placeOf(hit, chunk, { scope, passage });
      if (isInScope(hit, scope) && !without.has(hit.page) && !hits.has(key)) hits.set(key, hit);
    }
  }
  return [...hits.values()].slice(0, limit);
}

/** The pages of a chunk with an excluded term. Only a chunk of several pages can have one. */
function excludedPages(
  chunk: FoundChunk,
  excluded: readonly Term[],
  matchesOf: (terms: readonly Term[]) => ChunkMatches,
): Set<number> {
  if (excluded.length === 0 || !isOfManyPages(chunk)) return new Set();
  return new Set(matchesOf(excluded).text.flatMap(({ start, end }) => [pageAt(chunk, start), pageAt(chunk, end - 1)]));
}

/** Whether the chunk contains the words, but not on the remaining pages. */
function isElsewhere(everywhere: ChunkMatches, left: ChunkMatches): boolean {
  return left.text.length === 0 && left.heading.length === 0 && everywhere.text.length > 0;
}

/** The best passage, then the passages of other pages with as many terms. Undefined if the heading matches. */
function passagesOf(chunk: FoundChunk, { text }: ChunkMatches): (Passage | undefined)[] {
  const best = bestPassage(text);
  if (best === undefined || !isOfManyPages(chunk)) return [best];
  const ofBest = termsBetween(text, best);
  const pages = new Set(text.map(({ start }) => pageAt(chunk, start)));
  pages.delete(pageAt(chunk, best.first.start));
  const others = [...pages].flatMap((page) => {
    const onPage = text.filter(({ start }) => pageAt(chunk, start) === page);
    const passage = bestPassage(onPage);
    return passage !== undefined && termsBetween(onPage, passage) >= ofBest ? [passage] : [];
  });
  return [best, ...others];
}

function termsBetween(matches: readonly Match[], { first, last }: Passage): number {
  return new Set(matches.filter(({ start, end }) => start >= first.start && end <= last.end).map(({ term }) => term))
    .size;
}

function isOfManyPages({ page, lastPage }: FoundChunk): boolean {
  return (lastPage ?? page) > page;
}

/** Whether the chunk's only page has a hit already, so that its words need no search. */
function isTaken(
  { documentId, page, lastPage, hasPages }: FoundChunk,
  hits: ReadonlyMap<string, SearchHit>,
  scope: SearchScope,
): boolean {
  const isOnePage = (lastPage ?? page) === page && (hasPages || !isInOneDocument(scope));
  return isOnePage && hits.has(pageKey(documentId, page));
}

function pageKey(documentId: string, page: number): string {
  return `${documentId} page ${page}`;
}

/** The unique key of a hit: a page, or a chunk if the search is in one document without pages. */
function placeOf(
  { documentId, page, ordinal }: SearchHit,
  { hasPages, overlap }: FoundChunk,
  { scope, passage }: { scope: SearchScope; passage: Passage | undefined },
): string {
  if (!isInOneDocument(scope) || hasPages) return pageKey(documentId, page);
  // The repeated end of the chunk before.
  const isRepeated = passage !== undefined && passage.last.end <= overlap;
  return `${documentId} ${isRepeated ? ordinal - 1 : ordinal}`;
}

function isInScope({ page, lastPage = page }: Pick<SearchHit, 'page' | 'lastPage'>, { pages }: SearchScope): boolean {
  return page <= (pages?.to ?? page) && lastPage >= (pages?.from ?? lastPage);
}

/** Only the matches on wanted pages. */
function inPages(
  chunk: FoundChunk,
  matches: ChunkMatches,
  { scope, without }: { scope: SearchScope; without: ReadonlySet<number> },
): ChunkMatches {
  if (scope.pages === undefined && without.size === 0) return matches;
  const isWanted = ({ start, end }: Match) => {
    const place = { page: pageAt(chunk, start), lastPage: pageAt(chunk, end - 1) };
    return isInScope(place, scope) && !without.has(place.page);
  };
  return { ...matches, text: matches.text.filter(isWanted) };
}

function pageAt({ page, pageStarts }: FoundChunk, offset: number): number {
  return page + pageStarts.filter((start) => start <= offset).length;
}

function hitOf(
  chunk: FoundChunk,
  { matches, passage }: { matches: ChunkMatches; passage: Passage | undefined },
): SearchHit {
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
