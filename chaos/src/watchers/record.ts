/** Something that a watcher saw, in the order in which it saw it. `at`: milliseconds from the round's begin. */
export type RecordEntry =
  /** It asks for everything (no cursor) or for what comes after the cursor. */
  | { what: 'begin'; at: number; cursor?: string | undefined }
  /** A connection stands. */
  | { what: 'connected'; at: number }
  /** A connection was lost, or never stood. */
  | { what: 'away'; at: number; reason: string }
  /** A message, exactly as it came; `id` is the cursor that came with it, if the transport shows it. */
  | { what: 'message'; at: number; message: unknown; id?: string | undefined }
  /** The server said that there is nothing more to come. */
  | { what: 'ended'; at: number; how: string }
  /** The server said that coming back is pointless, or the watcher cannot go on. */
  | { what: 'failed'; at: number; reason: string };

/** Messages of one watcher, without judgement. Open until it has ended or failed. */
export class WatchRecord {
  readonly entries: RecordEntry[] = [];
  readonly #begunAt: number;

  /** @param begunAt the round's begin, by `performance.now()`. */
  constructor(begunAt: number) {
    this.#begunAt = begunAt;
  }

  /** Cursor of the last message: what to come back with. */
  get cursor(): string | undefined {
    const last = this.entries.findLast((entry) => entry.what === 'message' && entry.id !== undefined);
    return last?.what === 'message' ? last.id : undefined;
  }

  get isOver(): boolean {
    const last = this.entries.at(-1);
    return last?.what === 'ended' || last?.what === 'failed';
  }

  begin(cursor: string | undefined): void {
    this.entries.push({ what: 'begin', at: this.#now(), cursor });
  }

  connected(): void {
    this.entries.push({ what: 'connected', at: this.#now() });
  }

  away(reason: string): void {
    this.entries.push({ what: 'away', at: this.#now(), reason });
  }

  message(message: unknown, id: string | undefined): void {
    this.entries.push({ what: 'message', at: this.#now(), message, id });
  }

  ended(how: string): void {
    this.entries.push({ what: 'ended', at: this.#now(), how });
  }

  failed(reason: string): void {
    this.entries.push({ what: 'failed', at: this.#now(), reason });
  }

  #now(): number {
    return Math.round(performance.now() - this.#begunAt);
  }
}
