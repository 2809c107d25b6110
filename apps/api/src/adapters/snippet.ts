import type { SearchHit } from '@taskwire/router';

/**
 * What the database puts around a found word: control characters, which the searched text is stripped of first, so
 * that no document can forge them.
 */
export const MATCH_START = '\u0001';
export const MATCH_STOP = '\u0002';

/** Splits a marked extract into its parts; concatenated they are the extract without the marks. */
export function parseSnippet(marked: string): SearchHit['snippet'] {
  const [before = '', ...pieces] = marked.split(MATCH_START);
  const parts = pieces.flatMap((piece) => {
    const [match = '', after = ''] = piece.split(MATCH_STOP);
    return [
      { text: match, match: true },
      { text: after, match: false },
    ];
  });
  return [{ text: before, match: false }, ...parts].filter(({ text }) => text !== '');
}
