import { CODE_INDENT, footnoteOf, listMarkerOf } from './block-starts.ts';
import type { LineCursor } from './line-cursor.ts';

/** Largest depth of quotes and list items. Deeper markers are text. It bounds the time per line. */
const DEEPEST = 100;

/** A block that contains others: a quote, or a list item with the indentation (columns) of its content. */
type Container = { type: 'quote' } | { type: 'item'; indent: number };

/** Opens a container and moves the cursor behind its marker. @returns the text that the marker shows, if it shows any. */
export type OpenStep = () => string | undefined;

/** The open quotes, list items and footnotes, outermost first. */
export class OpenContainers {
  readonly #containers: Container[] = [];

  get depth(): number {
    return this.#containers.length;
  }

  closeTo(depth: number): void {
    this.#containers.length = depth;
  }

  /** Skips the markers of the containers that the line continues. @returns the number of these containers. */
  match(cursor: LineCursor): number {
    for (const [index, container] of this.#containers.entries()) {
      if (container.type === 'quote') {
        if (cursor.indent >= CODE_INDENT || cursor.next !== '>') return index;
        cursor.skipMarker(1);
        cursor.skipColumns(1);
      } else if (!cursor.isBlank) {
        if (cursor.indent < container.indent) return index;
        cursor.skipColumns(container.indent);
      }
    }
    return this.depth;
  }

  /** The step that opens the container that begins at the cursor; undefined if none begins there. */
  startAt(cursor: LineCursor, isInParagraph: boolean): OpenStep | undefined {
    if (this.depth >= DEEPEST) return undefined;
    if (cursor.next === '>') return () => this.#openQuote(cursor);
    return this.#footnoteAt(cursor) ?? this.#itemAt(cursor, isInParagraph);
  }

  #openQuote(cursor: LineCursor): undefined {
    cursor.skipMarker(1);
    cursor.skipColumns(1);
    this.#containers.push({ type: 'quote' });
  }

  #footnoteAt(cursor: LineCursor): OpenStep | undefined {
    const footnote = cursor.next === '[' ? footnoteOf(cursor.text) : undefined;
    if (footnote === undefined) return undefined;
    return () => {
      cursor.skipMarker(footnote.length);
      this.#containers.push({ type: 'item', indent: CODE_INDENT });
      return `\\[${footnote.label}\\]`;
    };
  }

  #itemAt(cursor: LineCursor, isInParagraph: boolean): OpenStep | undefined {
    const { text, indent } = cursor;
    const marker = listMarkerOf(text);
    if (marker === undefined) return undefined;
    // Within a paragraph, an item must have text and a list must begin at 1. Otherwise wrapped lines become lists.
    const isEmpty = text.slice(marker.length).trim() === '';
    if (isInParagraph && (isEmpty || (marker.number ?? '1') !== '1') && !this.#isInItem()) return undefined;
    return () => {
      cursor.skipMarker(marker.length);
      const spaces = cursor.indent;
      const padding = cursor.isBlank || spaces > CODE_INDENT ? 1 : spaces;
      cursor.skipColumns(padding);
      this.#containers.push({ type: 'item', indent: indent + marker.length + padding });
      return marker.number === undefined ? undefined : `${marker.number}\\.`;
    };
  }

  #isInItem(): boolean {
    return this.#containers.some(({ type }) => type === 'item');
  }
}
