import { fineClock } from '../measure/fine-clock.ts';

/**
 * Mark of a stamp, which every published event carries in its payload (a progress event in `itemName`, a token event in
 * `text`). By the stamp's bytes alone, a watcher knows the event's number and its age.
 */
export const STAMP_MARK = 'bench~';
const NUMBER_DIGITS = 7;
const CLOCK_DIGITS = 17;
export const STAMP_LENGTH = STAMP_MARK.length + NUMBER_DIGITS + 1 + CLOCK_DIGITS + 1;

/** Offsets of a stamp's parts. */
export const NUMBER_AT = STAMP_MARK.length;
export const CLOCK_AT = NUMBER_AT + NUMBER_DIGITS + 1;

/**
 * Always of the same length: `bench~0000012~1763786912345.123;`
 * @param eventNumber counts a publisher's events over all its calls: 1, 2, 3, …
 * @param epochMs when the event is published, of `fineClock()`.
 */
export function stamp(eventNumber: number, epochMs: number): string {
  return `${STAMP_MARK}${String(eventNumber).padStart(NUMBER_DIGITS, '0')}~${epochMs.toFixed(3)};`;
}

const PLACE = { taskId: '3b0c0d61-3a7c-4f1a-8a39-6a1a1f8a3c11', projectId: 'b91c8a3e-52a4-4f7c-9e55-1d0c7b6f2a48' };
const TOTAL = 1_000;

/** Event of every peer: the fields and the length of a Taskwire event. */
export interface SampleEvent {
  taskId: string;
  projectId: string;
  seq: number;
  type: 'progress' | 'token';
  attempt: number;
  at: number;
  stage: string;
  current?: number;
  total?: number;
  percent?: number;
  itemName?: string;
  text?: string;
  offset?: number;
}

/** An event that is made now. @param seq its number, from 1. */
export function sampleEvent(type: SampleEvent['type'], seq: number): SampleEvent {
  const base = { ...PLACE, seq, type, attempt: 1, at: Date.now(), stage: 'draft' };
  const mark = stamp(seq, fineClock());
  if (type === 'token') return { ...base, text: mark, offset: seq * mark.length };
  const percent = Math.round((100_000 * seq) / (seq + TOTAL)) / 1_000;
  return { ...base, current: seq, total: seq + TOTAL, percent, itemName: mark };
}
