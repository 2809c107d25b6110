import type { DataEvent } from './data-event.ts';
import type { TaskEvent, TaskEventOf } from './event.ts';

/** Longest text of a merged token event, and longest JSON of a merged event of a list (UTF-16 units). */
const MERGED_LENGTH = 65_536;

/** First seq that an event or a message of a topic stands for: its own, unless it covers a range. */
export function firstSeq({ seq, fromSeq = seq }: { seq: number; fromSeq?: number }): number {
  return fromSeq;
}

/**
 * Merges neighbouring events (MUST 10). Tokens of a stage become one event with all their text; of progress of a stage,
 * and of a `latest` channel, the last event stays. Values of a `list` channel become one event with the last `keep` of
 * them. `fromSeq` of a merged event says where its range begins. Folding the result gives the same state. All other
 * events stay as they are, in their order.
 */
export function compact(events: readonly TaskEvent[]): TaskEvent[] {
  const compacted: TaskEvent[] = [];
  let run: TaskEvent[] = [];
  const endRun = () => {
    const merged = mergeRun(run);
    if (merged !== undefined) compacted.push(merged);
    run = [];
  };
  let runLength = 0;
  for (const event of events) {
    const last = run.at(-1);
    const length = lengthOf(event);
    if (last !== undefined && !(continues(last, event) && runLength + length <= MERGED_LENGTH)) endRun();
    if (run.length === 0) runLength = 0;
    runLength += length;
    run.push(event);
  }
  endRun();
  return compacted;
}

/** Whether the later of two neighbours can be merged with the earlier one. */
function continues(earlier: TaskEvent, later: TaskEvent): boolean {
  if (earlier.attempt !== later.attempt || firstSeq(later) !== earlier.seq + 1) return false;
  if (earlier.type === 'progress') return later.type === 'progress' && later.stage === earlier.stage;
  if (earlier.type === 'data') return later.type === 'data' && continuesChannel(earlier, later);
  if (earlier.type !== 'token' || later.type !== 'token' || later.stage !== earlier.stage) return false;
  return later.offset === earlier.offset + earlier.text.length;
}

function continuesChannel(earlier: DataEvent, later: DataEvent): boolean {
  if (later.channel !== earlier.channel) return false;
  if (!('values' in earlier) || !('values' in later)) return 'value' in earlier && 'value' in later;
  return later.keep === earlier.keep && later.index === earlier.index + earlier.values.length;
}

/** Length of the part of an event that grows when events are merged (UTF-16 units). */
function lengthOf(event: TaskEvent): number {
  if (event.type === 'token') return event.text.length;
  return event.type === 'data' && 'values' in event ? JSON.stringify(event.values).length : 0;
}

/** One event for a run of neighbours that continue each other; undefined for no event. */
function mergeRun(run: readonly TaskEvent[]): TaskEvent | undefined {
  const first = run[0];
  const last = run.at(-1);
  if (first === undefined || last === undefined || run.length === 1) return first;
  const fromSeq = firstSeq(first);
  if (first.type === 'token' && last.type === 'token') {
    return { ...last, fromSeq, offset: first.offset, text: run.map(textOf).join('') };
  }
  if (last.type === 'data') return { ...mergedData(run, last), fromSeq };
  return last.type === 'progress' ? { ...mergedProgress(run, last), fromSeq } : last;
}

/** The last value; or the last values of a list, as many as the state keeps. */
function mergedData(run: readonly TaskEvent[], last: DataEvent): DataEvent {
  if (!('values' in last)) return last;
  const values = run.flatMap((event) => (event.type === 'data' && 'values' in event ? event.values : []));
  const kept = values.slice(-last.keep);
  return { ...last, index: last.index + last.values.length - kept.length, values: kept };
}

function textOf(event: TaskEvent): string {
  return event.type === 'token' ? event.text : '';
}

/** The last progress, with the item and the message that earlier progress left in the state. */
function mergedProgress(run: readonly TaskEvent[], last: TaskEventOf<'progress'>): TaskEventOf<'progress'> {
  return run.reduce<TaskEventOf<'progress'>>((merged, event) => {
    if (event.type !== 'progress') return merged;
    const { itemName = merged.itemName, message = merged.message } = event;
    const kept = { ...(itemName === undefined ? {} : { itemName }), ...(message === undefined ? {} : { message }) };
    return { ...event, ...kept, percent: Math.max(merged.percent, event.percent) };
  }, last);
}
