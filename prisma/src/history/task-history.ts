import { compact, firstSeq, readEntry, readParsedEntry, type TaskEvent } from '@taskwire/protocol';
import * as z from 'zod';
import { fromExactJson } from './storable-json.ts';

/** Number of pieces per query. The pieces of a slow task hold few events each, others up to 500. */
const PIECES_READ = 20;

/** An entry that the archiving version could not read, kept for a version that can. */
const keptEntrySchema = z.object({ type: z.literal('unreadable'), stored: z.string() });

interface StoredPiece {
  fromSeq: bigint;
  toSeq: bigint;
  events: unknown;
}

/** The part of a client that reads a history. Stated structurally, so that an extended client fits too. */
interface HistoryTable {
  readonly taskHistory: {
    findMany(query: {
      where: { taskId: string; toSeq: { gt: number } };
      orderBy: { fromSeq: 'asc' };
      take: number;
      select: { fromSeq: true; toSeq: true; events: true };
    }): PromiseLike<StoredPiece[]>;
  };
}

/**
 * At most `limit` events of a task's history after `afterSeq`, in order. Neighbouring tokens, progress and data are merged:
 * `fromSeq` is the start of a merged event's range. An event that this version cannot read is `unreadable`.
 */
export async function loadHistory(
  database: HistoryTable,
  taskId: string,
  { afterSeq, limit }: { afterSeq: number; limit: number },
): Promise<TaskEvent[]> {
  let events: TaskEvent[] = [];
  let seq = afterSeq;
  while (events.length < limit) {
    const pieces = await database.taskHistory.findMany({
      where: { taskId, toSeq: { gt: seq } },
      orderBy: { fromSeq: 'asc' },
      take: PIECES_READ,
      select: { fromSeq: true, toSeq: true, events: true },
    });
    const read = pieces.flatMap((piece) => readPiece(taskId, piece));
    // Neighbours that were archived at different times are merged here.
    events = compact([...events, ...read.filter((event) => event.seq > afterSeq)]);
    if (pieces.length < PIECES_READ) break;
    seq = Number(pieces.at(-1)?.toSeq);
  }
  return events.slice(0, limit);
}

/** The events of a piece. An event without a seq gets the one before its successor's. */
function readPiece(taskId: string, { fromSeq, toSeq, events }: StoredPiece): TaskEvent[] {
  const entries = fromExactJson(events);
  if (!Array.isArray(entries) || entries.length === 0) {
    return [readParsedEntry({ fromSeq: Number(fromSeq) }, { taskId, seq: Number(toSeq) })];
  }
  const read = entries.map((entry: unknown) => readKept(entry, taskId));
  return read.map((event, index) =>
    event.seq > 0 ? event : { ...event, seq: seqBefore(read.slice(index + 1), toSeq) },
  );
}

function seqBefore(later: readonly TaskEvent[], toSeq: bigint): number {
  const known = later.findIndex(({ seq }) => seq > 0);
  const next = later[known];
  return next === undefined ? Number(toSeq) - later.length : firstSeq(next) - known - 1;
}

function readKept(entry: unknown, taskId: string): TaskEvent {
  const kept = keptEntrySchema.safeParse(entry).data;
  const read = kept === undefined ? undefined : readEntry(kept.stored, { taskId });
  return read === undefined || read.type === 'unreadable' ? readParsedEntry(entry, { taskId }) : read;
}
