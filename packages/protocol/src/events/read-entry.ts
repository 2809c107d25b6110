import { anything, object, recoverable, text, wholeNumber, type SchemaValue } from '../schemas/index.ts';
import { taskEventSchema, type TaskEvent, type UnreadableEvent } from './event.ts';

/** Key of an unreadable entry's stored text. It is not enumerable, so it never leaves the process. */
const STORED_ENTRY = Symbol('stored entry');

/** Log of an entry, and its number there. Both are known from where the entry was found. */
export interface EntryPlace {
  taskId?: string | undefined;
  projectId?: string | undefined;
  seq?: number | undefined;
}

/** Fields of an entry, each readable by itself. */
const partsSchema = object({
  taskId: recoverable(text({ max: 200 })),
  projectId: recoverable(text({ max: 200 })),
  seq: recoverable(wholeNumber({ min: 1 })),
  fromSeq: recoverable(wholeNumber({ min: 1 })),
  attempt: recoverable(wholeNumber({ min: 0 })),
  at: recoverable(wholeNumber()),
  type: recoverable(text({ min: 1, max: 100 })),
  stage: recoverable(text({ max: 200 })),
  output: recoverable(anything),
});

type Parts = SchemaValue<typeof partsSchema>;

/** Beginning of each entry, written by the append script: readable even if the rest is cut off. */
const HEAD = /^\{"seq":\d{1,15},"attempt":\d{1,15},"at":\d{1,15}(?=,)/;

/**
 * Reads an entry of a log. An entry may be unreadable: another version or program wrote it, or a write was cut off. It
 * then becomes an `unreadable` event in its place, with the parts that could be recovered.
 */
export function readEntry(json: string, place: EntryPlace = {}): TaskEvent {
  const value = parse(json);
  const event = readParsedEntry(value, place);
  if (event.type !== 'unreadable') return event;
  const recovered = value === undefined ? unreadable(parse(`${HEAD.exec(json)?.[0] ?? ''}}`), place) : event;
  return Object.defineProperty(recovered, STORED_ENTRY, { value: json });
}

/** Reads a parsed entry, from a history or from a server's message, in the same way. */
export function readParsedEntry(value: unknown, place: EntryPlace = {}): TaskEvent {
  const { data } = taskEventSchema.safeParse(value);
  return data === undefined || !isAt(place, data) ? unreadable(value, place) : data;
}

/** The stored text of an unreadable entry. An archive keeps it for a version that can read it. */
export function storedEntry(event: UnreadableEvent): string | undefined {
  const stored: unknown = Reflect.get(event, STORED_ENTRY);
  return typeof stored === 'string' ? stored : undefined;
}

function parse(json: string): unknown {
  try {
    const value: unknown = JSON.parse(json);
    return value;
  } catch {
    return undefined;
  }
}

/** Whether the event belongs to this place. An entry with another entry's number counts as unreadable. */
function isAt({ taskId, seq }: EntryPlace, event: TaskEvent): boolean {
  return (seq === undefined || event.seq === seq) && (taskId === undefined || event.taskId === taskId);
}

function unreadable(value: unknown, place: EntryPlace): UnreadableEvent {
  const parts = partsOf(value);
  const seq = place.seq ?? parts.seq ?? 0;
  const { taskId = parts.taskId ?? '', projectId = parts.projectId ?? '' } = place;
  return { taskId, projectId, seq, type: 'unreadable', ...bodyOf(parts, seq) };
}

/** The readable parts; none of a value that is no object. */
function partsOf(value: unknown): Parts {
  return partsSchema.safeParse(value).data ?? {};
}

function bodyOf({ fromSeq = Infinity, attempt, at, type, stage, output }: Parts, seq: number) {
  return {
    ...(fromSeq < seq ? { fromSeq } : {}),
    ...(attempt === undefined ? {} : { attempt }),
    ...(at === undefined ? {} : { at }),
    ...(type === undefined ? {} : { originalType: type }),
    ...(stage === undefined ? {} : { stage }),
    ...(type === 'done' && output !== undefined ? { output } : {}),
  };
}
