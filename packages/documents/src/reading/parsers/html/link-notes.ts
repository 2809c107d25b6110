/** URLs that people search for. Addresses within the page's own site mean nothing without the site. */
const WORTH_FINDING = /^(?:https?|ftp|mailto|tel):/i;
/** Longest URL (characters) that is kept. */
const LONGEST_URL = 2_000;
/** Number of URLs that are remembered, so that each is noted once. */
const MOST_REMEMBERED = 10_000;

/** Notes of a paragraph that are not part of its sentences: URLs of links, readings of ruby. */
export class LinkNotes {
  #notes: string[] = [];
  readonly #seen = new Set<string>();

  /** Notes a link's URL, unless the link's text is the URL or the URL is noted already. */
  addUrl(url: string, text: string): void {
    const trimmed = url.trim();
    if (!WORTH_FINDING.test(trimmed) || trimmed.length > LONGEST_URL || bare(trimmed) === bare(text)) return;
    if (this.#seen.has(trimmed)) return;
    if (this.#seen.size < MOST_REMEMBERED) this.#seen.add(trimmed);
    this.add(trimmed.replace(/^(?:mailto|tel):/i, ''));
  }

  add(note: string): void {
    if (note.trim() !== '') this.#notes.push(note.trim());
  }

  /** The notes since the last call, on one line. Empty if there are none. */
  take(): string {
    const notes = this.#notes.join(' ');
    this.#notes = [];
    return notes;
  }
}

function bare(url: string): string {
  return url
    .trim()
    .replace(/^(?:https?:\/\/|ftp:\/\/|mailto:|tel:)(?:www\.)?|\/$/gi, '')
    .toLowerCase();
}
