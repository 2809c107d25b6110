import type { Numbered, RecentEntries } from './recent-entries.ts';

type Read<Entry> = (afterSeq: number, limit: number) => Promise<readonly Entry[]>;

/**
 * Entries before the last one, for all watchers of a log. It answers from the recent entries, or reads the log. Watchers that
 * ask at the same time share one read. Near entries are added to the recent ones, because watchers come back together.
 */
export class EarlierEntries<Entry extends Numbered> {
  readonly #recent: RecentEntries<Entry>;
  readonly #read: Read<Entry>;
  readonly #pages = new Map<string, Promise<readonly Entry[]>>();
  #extending: Promise<void> | undefined;

  constructor(recent: RecentEntries<Entry>, read: Read<Entry>) {
    this.#recent = recent;
    this.#read = read;
  }

  /** At most `limit` entries after `seq`, which is before the last one; `gone` if the log no longer has the next one. */
  async after(seq: number, limit: number): Promise<readonly Entry[] | 'gone'> {
    await this.#extendTo(seq);
    const known = this.#recent.after(seq, limit);
    if (known !== undefined) return known;
    const entries = await this.#page(seq, limit);
    return entries[0]?.seq === seq + 1 ? entries : 'gone';
  }

  async #extendTo(seq: number): Promise<void> {
    const extension = this.#recent.extensionFor(seq);
    if (extension === undefined) return;
    this.#extending ??= this.#read(extension.afterSeq, extension.limit)
      .then((entries) => this.#recent.extend(extension, entries))
      .finally(() => (this.#extending = undefined));
    await this.#extending;
  }

  #page(seq: number, limit: number): Promise<readonly Entry[]> {
    const key = `${seq} ${limit}`;
    const known = this.#pages.get(key);
    if (known !== undefined) return known;
    const reading = this.#read(seq, limit).finally(() => this.#pages.delete(key));
    this.#pages.set(key, reading);
    return reading;
  }
}
