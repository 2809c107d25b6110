import { CLOCK_AT, NUMBER_AT, STAMP_LENGTH, STAMP_MARK } from './sample-event.ts';

const MARK = Buffer.from(STAMP_MARK);
/** In a message that stands for several events: the seq of the first of them. */
const MERGED = Buffer.from('"fromSeq":');
const [FIRST_OF_STAMP = 0] = MARK;
const [FIRST_OF_MERGED = 0] = MERGED;
const SEQ_DIGITS = 16;
/** The longest beginning of either that can hang over the end of a chunk. */
const OVERHANG = Math.max(STAMP_LENGTH - 1, MERGED.length + SEQ_DIGITS);
const NOTHING = Buffer.alloc(0);

/** Counts over all watchers together. */
export interface Tally {
  /** Events that came in a message of their own, or as the last of a merged one. */
  delivered: number;
  /** Events that a later one stood for, and said so. */
  merged: number;
  /** Events that came again, or after a later one. */
  repeated: number;
}

/**
 * Finds the stamps of events in the bytes of watchers, in any wire format, and counts them for each watcher.
 * No object is made for an event. A wire must not put bytes of its own inside a stamp.
 */
export class StampCounter {
  /** Shared memory: reading it needs no copy. */
  readonly tally: Tally = { delivered: 0, merged: 0, repeated: 0 };
  readonly #next: Int32Array;
  readonly #seen: Uint8Array;
  /** First number of the next range, if it is known already; else 0. */
  readonly #mergedFrom: Float64Array;
  /** Number that was expected when the last one came. */
  readonly #holeFrom: Int32Array;
  /** Whether the bytes of a watcher end with a stamp so far. */
  readonly #endsInStamp: Uint8Array;
  readonly #rest = new Map<number, Buffer>();
  #first = 0;
  #last = Number.POSITIVE_INFINITY;
  #seqOffset: number | undefined;
  #ages = new Float32Array(0);
  #agesKnown = 0;

  constructor(watchers: number) {
    this.#next = new Int32Array(watchers);
    this.#seen = new Uint8Array(watchers);
    this.#mergedFrom = new Float64Array(watchers);
    this.#holeFrom = new Int32Array(watchers);
    this.#endsInStamp = new Uint8Array(watchers);
  }

  /** Number of watchers with at least one event. */
  get reached(): number {
    return this.#seen.reduce((sum, one) => sum + one, 0);
  }

  /** From here on the events `first` to `first + count - 1` are counted; others are passed over. */
  begin(first: number, count: number): void {
    Object.assign(this.tally, { delivered: 0, merged: 0, repeated: 0 });
    this.#next.fill(first);
    this.#holeFrom.fill(first);
    this.#first = first;
    this.#last = first + count - 1;
    this.#ages = new Float32Array(this.#next.length * count);
    this.#agesKnown = 0;
  }

  /** Ages (ms) of the events at their arrival, sorted. */
  ages(): Float32Array {
    return this.#ages.subarray(0, this.#agesKnown).sort();
  }

  /** Takes what a watcher received. @param now of `fineClock()`. */
  read(watcher: number, chunk: Buffer, now: number): void {
    const rest = this.#rest.get(watcher);
    const bytes = rest === undefined ? chunk : Buffer.concat([rest, chunk]);
    if (rest !== undefined) this.#rest.delete(watcher);
    const done = this.#scan(watcher, bytes, now);
    const overhang = overhangOf(bytes, done);
    if (overhang.length > 0) this.#rest.set(watcher, Buffer.from(overhang));
    const endsInStamp = done + overhang.length === bytes.length && (done > 0 || this.#endsInStamp[watcher] === 1);
    this.#endsInStamp[watcher] = endsInStamp ? 1 : 0;
  }

  /** @returns up to where everything is dealt with. */
  #scan(watcher: number, bytes: Buffer, now: number): number {
    let done = 0;
    let range = bytes.indexOf(MERGED);
    for (let at = bytes.indexOf(MARK); at >= 0 && at + STAMP_LENGTH <= bytes.length; at = bytes.indexOf(MARK, done)) {
      for (; range >= 0 && range < at; range = bytes.indexOf(MERGED, range + 1)) this.#readRange(watcher, bytes, range);
      if (this.#seqOffset === undefined) this.#learnOffset(bytes, done, at);
      // A merged token's stamps follow each other directly.
      const isContinued = at === done && (done > 0 || this.#endsInStamp[watcher] === 1);
      this.#count(watcher, bytes, { at, isContinued, now });
      done = at + STAMP_LENGTH;
    }
    for (; range >= 0; range = bytes.indexOf(MERGED, range + 1)) this.#readRange(watcher, bytes, range);
    return done;
  }

  /** Learns the distance of seqs and numbers from the first event that has both in one chunk. */
  #learnOffset(bytes: Buffer, from: number, at: number): void {
    const before = bytes.toString('latin1', from, at);
    const seq = [...before.matchAll(/"seq":(\d+)/g)].at(-1)?.[1];
    if (seq !== undefined) this.#seqOffset = Number(seq) - readNumber(bytes, at + NUMBER_AT, 7);
  }

  /**
   * The begin of a merged event's range may stand before or behind its stamp. It is the stamp before unless the range
   * begins after that one. Reading it again, as the end of a chunk is, changes nothing.
   */
  #readRange(watcher: number, bytes: Buffer, at: number): void {
    const value = at + MERGED.length;
    const seq = readNumber(bytes, value, SEQ_DIGITS);
    // Its digits go on in the next chunk.
    if (value + String(seq).length >= bytes.length) return;
    const from = seq - (this.#seqOffset ?? 0);
    const last = (this.#next[watcher] ?? 0) - 1;
    if (from > last) {
      this.#mergedFrom[watcher] = from;
      return;
    }
    this.#standFor({ from: Math.max(from, this.#holeFrom[watcher] ?? 0), to: last });
    this.#holeFrom[watcher] = last;
  }

  /** The events before the last of a range did not come, and are not missing. */
  #standFor({ from, to }: { from: number; to: number }): void {
    this.tally.merged += Math.max(0, to - from);
  }

  #count(watcher: number, bytes: Buffer, stamp: { at: number; isContinued: boolean; now: number }): void {
    const eventNumber = readNumber(bytes, stamp.at + NUMBER_AT, 7);
    const mergedFrom = this.#mergedFrom[watcher] ?? 0;
    this.#mergedFrom[watcher] = 0;
    this.#seen[watcher] = 1;
    if (eventNumber < this.#first || eventNumber > this.#last) return;
    this.#addAge(stamp.now - readClock(bytes, stamp.at + CLOCK_AT));
    const expected = this.#next[watcher] ?? 0;
    if (eventNumber < expected) {
      this.tally.repeated += 1;
      return;
    }
    this.#next[watcher] = eventNumber + 1;
    this.#holeFrom[watcher] = expected;
    if (mergedFrom > 0) {
      this.#standFor({ from: Math.max(expected, mergedFrom), to: eventNumber });
      this.#holeFrom[watcher] = eventNumber;
    }
    if (stamp.isContinued) this.tally.merged += 1;
    else this.tally.delivered += 1;
  }

  #addAge(age: number): void {
    if (this.#agesKnown >= this.#ages.length) return;
    this.#ages[this.#agesKnown] = age;
    this.#agesKnown += 1;
  }
}

/** The end of a chunk if a stamp or the name of a merged range may have begun in it. */
function overhangOf(bytes: Buffer, done: number): Buffer {
  const from = Math.max(done, bytes.length - OVERHANG);
  for (let at = from; at < bytes.length; at += 1) {
    if (bytes[at] === FIRST_OF_STAMP && begins(bytes, at, MARK)) return bytes.subarray(at);
    if (bytes[at] === FIRST_OF_MERGED && begins(bytes, at, MERGED)) return bytes.subarray(at);
  }
  return NOTHING;
}

function begins(bytes: Buffer, at: number, text: Buffer): boolean {
  const length = Math.min(text.length, bytes.length - at);
  return bytes.compare(text, 0, length, at, at + length) === 0;
}

const ZERO = 48;
const NINE = 57;

/** The whole number that begins here, up to a number of digits. */
function readNumber(bytes: Buffer, at: number, digits: number): number {
  let value = 0;
  for (let place = at; place < at + digits; place += 1) {
    const code = bytes[place] ?? 0;
    if (code < ZERO || code > NINE) break;
    value = value * 10 + code - ZERO;
  }
  return value;
}

/** The clock of a stamp: 13 digits, a point, 3 digits. */
function readClock(bytes: Buffer, at: number): number {
  return readNumber(bytes, at, 13) + readNumber(bytes, at + 14, 3) / 1_000;
}
