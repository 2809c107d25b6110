import type { Match } from './find-matches.ts';

/** Longest stretch (UTF-16 units) in which matches count together. */
const LONGEST_PASSAGE = 200;
/** Score of each further term, in places of a term. */
const TERM_SCORE = 10;
/** Score of a passage with a term as it was typed. */
const AS_TYPED_SCORE = 0.5;

/** The stretch from one match to another, or a single match. */
export interface Passage {
  first: Match;
  last: Match;
}

/**
 * Chooses the stretch of a text with the most terms. Between equal ones, a term as it was typed decides, then the first
 * place.
 * @param matches in any order
 * @returns undefined without a match.
 */
export function bestPassage(matches: readonly Match[]): Passage | undefined {
  const sorted = matches.toSorted((one, other) => one.start - other.start);
  let best: (Passage & { score: number }) | undefined;
  for (const index of sorted.keys()) {
    const passage = passageFrom(sorted, index);
    if (passage !== undefined && passage.score > (best?.score ?? 0)) best = passage;
  }
  return best;
}

function passageFrom(sorted: readonly Match[], index: number): (Passage & { score: number }) | undefined {
  const first = sorted[index];
  if (first === undefined) return undefined;
  let last = first;
  let places = 0;
  let isAsTyped = false;
  const terms = new Set<number>();
  for (let next = index; next < sorted.length; next += 1) {
    const match = sorted[next];
    if (match === undefined || (next > index && match.end - first.start > LONGEST_PASSAGE)) break;
    if (match.end > last.end) last = match;
    terms.add(match.term);
    places += 1;
    isAsTyped ||= match.isAsTyped === true;
  }
  const bonus = Math.min(places, TERM_SCORE - 1) + (isAsTyped ? AS_TYPED_SCORE : 0);
  return { first, last, score: TERM_SCORE * terms.size + bonus };
}
