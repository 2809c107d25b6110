import * as z from 'zod';

const number = z.int().min(1);

/** One thing that a watcher got. */
export const entrySchema = z.discriminatedUnion('type', [
  /** The watch begins with a state that holds the events up to `after`. */
  z.object({ type: z.literal('start'), after: z.int().min(0) }),
  /** An event; one that stands for several names the first and the last. */
  z.object({ type: z.literal('event'), from: number, to: number }),
  /** A documented sign that events are missing, here and now; with numbers if it says which. */
  z.object({ type: z.literal('gap'), range: z.exactOptional(z.object({ from: number, to: number })) }),
  /** `stalled`: the producer is known to be dead, and the watch goes on. The others end the watch. */
  z.object({ type: z.literal('ended'), how: z.enum(['completed', 'failed', 'stalled']) }),
]);

export type Entry = z.infer<typeof entrySchema>;

/** Messages of one watcher, in order of arrival. */
export class WatchRecord {
  readonly entries: Entry[] = [];
  #events = 0;
  #over = false;

  add(entry: Entry): void {
    this.entries.push(entry);
    if (entry.type === 'event') this.#events += 1;
    if (entry.type === 'ended' && entry.how !== 'stalled') this.#over = true;
  }

  addEvent(eventNumber: number): void {
    this.add({ type: 'event', from: eventNumber, to: eventNumber });
  }

  /** Number of events, doubles included. */
  get events(): number {
    return this.#events;
  }

  /** Whether the watcher has learned that nothing more will come. */
  get over(): boolean {
    return this.#over;
  }
}
