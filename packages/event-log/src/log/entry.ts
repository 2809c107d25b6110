import { encodeDraft, readEntry, type EntryPlace, type TaskEvent, type TaskEventDraft } from '@taskwire/protocol';
import type { TaskAddress } from './keys.ts';

/**
 * An event as the scripts take it: type, label, percent, JSON (see WRITE in scripts/parts.ts).
 * @throws TypeError if readers could not read it.
 */
export function draftArguments(task: TaskAddress, draft: TaskEventDraft): [string, string, string, string] {
  const json = encodeDraft(draft, task);
  return [draft.type, labelOf(draft), draft.type === 'progress' ? String(draft.percent) : '', json];
}

/** Events as the append script takes them. @throws TypeError if readers could not read one of them. */
export function encodeDrafts(task: TaskAddress, drafts: readonly TaskEventDraft[]): string[] {
  return drafts.flatMap((draft) => draftArguments(task, draft));
}

function labelOf(draft: TaskEventDraft): string {
  if (draft.type === 'queued') return draft.kind;
  return draft.type === 'stage' || draft.type === 'progress' ? draft.stage : '';
}

/** Form of the id that the append script gives the entry of seq n: `n-0`. */
const ENTRY_ID = /^(\d{1,15})-0$/;

/** The seq in the id of a stream's entry; undefined for an id that no script gives. */
export function entrySeq(id: string): number | undefined {
  const seq = ENTRY_ID.exec(id)?.[1];
  return seq === undefined ? undefined : Number(seq);
}

/** Parses a text as JSON; undefined if it is not JSON. */
export function parseJson(json: string): unknown {
  try {
    const value: unknown = JSON.parse(json);
    return value;
  } catch {
    return undefined;
  }
}

/**
 * The event of one entry of a task's stream; `unreadable` if this version cannot read it.
 * @returns undefined for an entry whose id has no seq: no script of this package wrote it.
 */
export function decodeEntry(task: TaskAddress, id: string, fields: readonly string[]): TaskEvent | undefined {
  const seq = entrySeq(id);
  return seq === undefined ? undefined : readEntry(fields[1] ?? '', { ...placeIn(task), seq });
}

/**
 * The events of one message of a task's channel. An event without a readable seq gets it from its neighbours.
 * @throws Error if no seq is readable: then the log must be read.
 */
export function decodeMessage(task: TaskAddress, message: string): TaskEvent[] {
  const lines = message.split('\n');
  const events = lines.map((line) => readEntry(line, placeIn(task)));
  const known = events.findIndex(({ seq }) => seq > 0);
  const first = (events[known]?.seq ?? 0) - known;
  if (first < 1) throw new Error('the message has no seq');
  return events.map((event, index) =>
    event.seq > 0 ? event : readEntry(lines[index] ?? '', { ...placeIn(task), seq: first + index }),
  );
}

function placeIn({ taskId, projectId }: TaskAddress): EntryPlace {
  return { taskId, projectId };
}

/** An event with its seq in a topic. */
export interface TopicEntry {
  seq: number;
  event: TaskEvent;
}

/** The entries of a batch of events, one a line. `first` is the seq of the first. */
export function decodeBatch(first: number, lines: readonly string[], place: EntryPlace): TopicEntry[] {
  return lines.map((line, index) => ({ seq: first + index, event: readEntry(line, place) }));
}

/** The entries of one message of a topic's channel. @throws Error if it has no seq: then the log must be read. */
export function decodeTopicMessage(message: string, place: EntryPlace): TopicEntry[] {
  const [first = '', ...lines] = message.split('\n');
  if (!/^\d{1,15}$/.test(first)) throw new Error('the message has no seq');
  return decodeBatch(Number(first), lines, place);
}
