import type { Entry } from './record.ts';

/** Verdict on one watcher's record. */
export interface Verdict {
  /** Events that the product accepted while the watcher was there to get them. */
  produced: number;
  /** Number of them that the watcher got. */
  received: number;
  /** Never received, and nothing said so. */
  lost: number;
  /** Never received, and reported to the watcher as a gap. */
  reported: number;
  duplicated: number;
  outOfOrder: number;
  /** Whether the watcher learned that the stream ended or that its producer died. */
  ended: boolean;
}

interface Reading {
  /** Up to here the watch was born with the state. */
  start: number;
  /** The highest number that the watcher has heard of. */
  high: number;
  received: Set<number>;
  excused: { from: number; to: number }[];
  /** Place of a sign without numbers that is still the last message. */
  openGap: number | undefined;
  duplicated: number;
  outOfOrder: number;
}

/** A sign without numbers excuses whatever is missing between its neighbours, and nothing else. */
function closeGap(reading: Reading, next: number): void {
  if (reading.openGap === undefined) return;
  reading.excused.push({ from: reading.openGap + 1, to: next });
  reading.openGap = undefined;
}

function readEvent(reading: Reading, { from, to }: { from: number; to: number }): void {
  if (from > reading.high) closeGap(reading, from - 1);
  for (let each = from; each <= to; each += 1) {
    if (reading.received.has(each) || each <= reading.start) reading.duplicated += 1;
    else if (each < reading.high) reading.outOfOrder += 1;
    reading.received.add(each);
  }
  reading.high = Math.max(reading.high, to);
}

function readEntry(reading: Reading, entry: Entry): void {
  switch (entry.type) {
    case 'start':
      // Only the first message of a watch begins it. A later one excuses no missing event before it.
      if (reading.high > 0) return;
      reading.start = entry.after;
      reading.high = entry.after;
      return;
    case 'event':
      return readEvent(reading, entry);
    case 'gap':
      if (entry.range === undefined) {
        reading.openGap ??= reading.high;
      } else {
        reading.excused.push(entry.range);
        reading.high = Math.max(reading.high, entry.range.to);
      }
      return;
    case 'ended':
      return;
  }
}

function read(entries: readonly Entry[]): Reading {
  const reading: Reading = {
    start: 0,
    high: 0,
    received: new Set(),
    excused: [],
    openGap: undefined,
    duplicated: 0,
    outOfOrder: 0,
  };
  for (const entry of entries) readEntry(reading, entry);
  closeGap(reading, Number.POSITIVE_INFINITY);
  return reading;
}

/**
 * Compares the produced events with a watcher's.
 * @param produced the events 1 to this number were produced.
 */
export function judge(produced: number, entries: readonly Entry[]): Verdict {
  const { start, received, excused, duplicated, outOfOrder } = read(entries);
  let lost = 0;
  let reported = 0;
  for (let each = start + 1; each <= produced; each += 1) {
    if (received.has(each)) continue;
    if (excused.some(({ from, to }) => from <= each && each <= to)) reported += 1;
    else lost += 1;
  }
  const expected = Math.max(0, produced - start);
  const ended = entries.some((entry) => entry.type === 'ended');
  return { produced: expected, received: expected - lost - reported, lost, reported, duplicated, outOfOrder, ended };
}
