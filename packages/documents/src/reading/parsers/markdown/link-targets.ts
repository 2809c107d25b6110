/**
 * The part after a link's text: `(destination "title")`. Each piece ends before a character that could begin another
 * link's part.
 */
const INLINE_TARGET =
  /\(\s*(?:<([^<>\n]*)>|((?:[^\s()\\]|\\.|\((?:[^\s()\\]|\\.)*\))*))(?:\s+(?:"((?:[^"\\]|\\[^])*)"|'((?:[^'\\]|\\[^])*)'|\(((?:[^()\\]|\\[^])*)\)))?\s*\)/y;
/** The part after a link's text: the label of a definition. */
const LABEL = /\[([^[\]]{0,1000})\]/y;
const ESCAPED = /\\([!-/:-@[-`{-~])/g;

/** Destination of a link. Empty if the definition of its label has it. */
export interface LinkTarget {
  url: string;
  title: string;
  /** Offset at which the text continues. */
  end: number;
}

/** The target that begins at `start`, after a link's text. */
export function inlineTargetAt(text: string, start: number): LinkTarget | undefined {
  INLINE_TARGET.lastIndex = start;
  const found = INLINE_TARGET.exec(text);
  if (found === null) return undefined;
  const [whole, bracketed, bare, ...titles] = found;
  const title = titles.find((each) => typeof each === 'string') ?? '';
  const unescaped = (part: string) => part.replace(ESCAPED, '$1');
  return { url: unescaped(bracketed ?? bare ?? ''), title: unescaped(title), end: start + whole.length };
}

/** The label that begins at `start`, after a link's text. Empty if the text is the label. */
export function labelAt(text: string, start: number): { label: string; end: number } | undefined {
  LABEL.lastIndex = start;
  const found = LABEL.exec(text);
  return found?.[1] === undefined ? undefined : { label: found[1], end: start + found[0].length };
}

/** The form in which labels are compared, without case and with single spaces: CommonMark, section 4.7. */
export function sameLabel(label: string): string {
  return label.trim().replace(/\s+/g, ' ').toLowerCase().toUpperCase();
}
