import type { TaskEvent, TaskEventOf } from './event.ts';

/** Longest text (UTF-16 units) of a merged token event. */
const MERGED_TEXT_LENGTH = 65_536;

/** First seq that an event or a message of a topic stands for: its own, unless it covers a range. */
export function firstSeq({ seq, fromSeq = seq }: { seq: number; fromSeq?: number }): number {
  return fromSeq;
}

/**
 * Merges neighbouring events (MUST 10). Tokens of a stage become one event with all their text; of progress of a stage
 * the last event stays. `fromSeq` of a merged event says where its range begins. Folding the result gives the same
 * state. All other events stay as they are, in their order.
 */
export function compact(events: readonly TaskEvent[]): TaskEvent[] {
  const compacted: TaskEvent[] = [];
  let run: TaskEvent[] = [];
  const endRun = () => {
    const merged = mergeRun(run);
    if (merged !== undefined) compacted.push(merged);
    run = [];
  };
  let textLength = 0;
  for (const event of events) {
    const last = run.at(-1);
    const length = event.type === 'token' ? event.text.length : 0;
    if (last !== undefined && !(continues(last, event) && textLength + length <= MERGED_TEXT_LENGTH)) endRun();
    if (run.length === 0) textLength = 0;
    textLength += length;
    run.push(event);
  }
  endRun();
  return compacted;
}

/** Whether the later of two neighbours can be merged with the earlier one. */
function continues(earlier: TaskEvent, later: TaskEvent): boolean {
  if (earlier.attempt !== later.attempt || firstSeq(later) !== earlier.seq + 1) return false;
  if (earlier.type === 'progress') return later.type === 'progress' && later.stage === earlier.stage;
  if (earlier.type !== 'token' || later.type !== 'token' || later.stage !== earlier.stage) return false;
  return later.offset === earlier.offset + earlier.text.length;
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
  return last.type === 'progress' ? { ...mergedProgress(run, last), fromSeq } : last;
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
