import type { Numbered } from './recent-entries.ts';

/** The log that a feed follows, and the state that its entries make. */
export interface FeedSource<Entry extends Numbered> {
  /** Loads the state. @returns the seq after which the feed begins to read. */
  begin(): Promise<number>;
  /** At most `limit` entries after `afterSeq`, in order. The first may come later than `afterSeq + 1`: a hole. */
  read(afterSeq: number, limit: number): Promise<readonly Entry[]>;
  /** The entries of a message of the channel. @throws if the log did not publish it, as far as is known. */
  decode(message: string): readonly Entry[];
  /** Applies the next entry to the state. */
  apply(entry: Entry): void;
  /** The log does not go on right after `seq`. @returns the later seq at which it does. @throws if there is none. */
  resumeAfterHole(seq: number): Promise<number>;
  /**
   * Compares the log with what is known: it may have lost its end, which reached up to `seq`, and may have grown again
   * since. Restores a lost end.
   * @param last the entry of that seq, if it is known.
   * @returns the seq after which the log then goes on.
   */
  repairTail(seq: number, last: Entry | undefined): Promise<number>;
  /** Whether the log is known to end before `cursor`. It is not known while the log is away. */
  endsBefore(cursor: number): Promise<boolean>;
}
