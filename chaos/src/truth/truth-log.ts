import * as z from 'zod';

/** Fields of an event that the oracle itself reads: its place only. */
const eventSchema = z.looseObject({
  type: z.string(),
  seq: z.int(),
  fromSeq: z.exactOptional(z.int()),
});

/** An event as it stood in the log. */
export type TrueEvent = z.infer<typeof eventSchema>;

/** The number of an event, given as JSON. */
export function seqOf(json: string): number {
  return eventSchema.parse(JSON.parse(json)).seq;
}

/** All entries that a log in Redis ever held, from published messages and from reads. */
export class TruthLog {
  /** Name of the stream in Redis. */
  readonly name: string;
  readonly #events = new Map<number, TrueEvent>();
  readonly #texts = new Map<number, string>();
  /** Seqs for which the log held different events at different times. */
  readonly rewritten = new Set<number>();
  /** The last seq before each loss. */
  readonly #losses: number[] = [];
  #sorted: number[] | undefined;

  constructor(name: string) {
    this.name = name;
  }

  /** Takes an event, as JSON; the same one may come any number of times. */
  add(json: string): void {
    const event = eventSchema.parse(JSON.parse(json));
    const known = this.#texts.get(event.seq);
    if (known === json) return;
    if (known !== undefined) this.rewritten.add(event.seq);
    this.#texts.set(event.seq, json);
    this.#events.set(event.seq, event);
    this.#sorted = undefined;
  }

  /** Redis was emptied. @param lastSeq of what was in it then; absent if this log was not. */
  markLoss(lastSeq?: number): void {
    this.#losses.push(lastSeq ?? this.#losses.at(-1) ?? 0);
  }

  get hasLosses(): boolean {
    return this.#losses.length > 0;
  }

  /** The last seq of which nothing was left when the log had come to `seq`; 0 if nothing was ever lost. */
  lossBefore(seq: number): number {
    return this.#losses.findLast((lastSeq) => lastSeq < seq) ?? 0;
  }

  get size(): number {
    return this.#events.size;
  }

  /** All seqs, in order. */
  get seqs(): readonly number[] {
    this.#sorted ??= [...this.#events.keys()].sort((one, other) => one - other);
    return this.#sorted;
  }

  /** All events, in order. */
  get events(): readonly TrueEvent[] {
    return this.between(1, Number.MAX_SAFE_INTEGER);
  }

  get lastSeq(): number {
    return this.seqs.at(-1) ?? 0;
  }

  get(seq: number): TrueEvent | undefined {
    return this.#events.get(seq);
  }

  /** The events from a seq to a seq, both included, in order. */
  between(from: number, to: number): TrueEvent[] {
    return this.seqs.flatMap((seq) => {
      const event = seq >= from && seq <= to ? this.#events.get(seq) : undefined;
      return event === undefined ? [] : [event];
    });
  }
}
