import { compact, firstSeq, storedEntry, type TaskEvent } from '@taskwire/protocol';
import type { Prisma } from '../generated/client.ts';
import { exactJson } from './storable-json.ts';

/** Events of one piece: bounds what is read and decoded at once. */
const PIECE_EVENTS = 500;

/** How long (ms) may be waited for a connection, and the writing may take: it may wait for the row's lock. */
const PATIENCE = { maxWait: 10_000, timeout: 30_000 };

/** The part of a client that knows how far a history goes. */
export interface HistoryReader {
  readonly taskHistory: {
    findFirst(query: {
      where: { taskId: string };
      orderBy: { fromSeq: 'desc' };
      select: { toSeq: true };
    }): PromiseLike<{ toSeq: bigint } | null>;
  };
}

interface HistoryWriter extends HistoryReader {
  readonly taskHistory: HistoryReader['taskHistory'] & {
    createMany(query: { data: Prisma.TaskHistoryCreateManyInput[] }): PromiseLike<unknown>;
  };
  $queryRaw(query: TemplateStringsArray, ...values: unknown[]): PromiseLike<unknown>;
}

/** The part of a client that archives, in few enough words that an extended client has it too. */
export interface ArchivingClient {
  $transaction(
    work: (transaction: HistoryWriter) => Promise<void>,
    options: { maxWait: number; timeout: number },
  ): Promise<unknown>;
}

/** Seq of the last event in a task's history; 0 if it is empty. */
export async function archivedThrough(database: HistoryReader, taskId: string): Promise<number> {
  const last = await database.taskHistory.findFirst({
    where: { taskId },
    orderBy: { fromSeq: 'desc' },
    select: { toSeq: true },
  });
  return Number(last?.toSeq ?? 0);
}

/**
 * Adds events, which stand in the order of their log, to a task's history, compacted. May be repeated, and be done by
 * several at once: events that are in the history already are passed over. Events of a task without a row are dropped.
 */
export async function archiveEvents(
  database: ArchivingClient,
  taskId: string,
  events: readonly TaskEvent[],
): Promise<void> {
  if (events.length === 0) return;
  await database.$transaction(async (transaction) => {
    // The row's lock lets only one at a time look for the last archived event and write behind it. It is the kind of
    // lock that foreign keys do not wait for, so stage results are written meanwhile.
    const rows = await transaction.$queryRaw`SELECT 1 FROM "Task" WHERE id = ${taskId}::uuid FOR NO KEY UPDATE`;
    if (!Array.isArray(rows) || rows.length === 0) return;
    const through = await archivedThrough(transaction, taskId);
    const pieces = piecesOf(compact(events.filter((event) => firstSeq(event) > through)));
    if (pieces.length > 0) await transaction.taskHistory.createMany({ data: pieces.map(toRow) });
  }, PATIENCE);
}

interface Piece {
  taskId: string;
  fromSeq: number;
  toSeq: number;
  events: TaskEvent[];
}

function piecesOf(events: readonly TaskEvent[]): Piece[] {
  const pieces: Piece[] = [];
  for (const event of events) {
    const piece = pieces.at(-1);
    if (piece === undefined || piece.events.length === PIECE_EVENTS) {
      pieces.push({ taskId: event.taskId, fromSeq: firstSeq(event), toSeq: event.seq, events: [event] });
    } else {
      piece.events.push(event);
      piece.toSeq = event.seq;
    }
  }
  return pieces;
}

/** An entry that this version cannot read is kept as it was, for one that can. */
function toKept(event: TaskEvent): object {
  const stored = event.type === 'unreadable' ? storedEntry(event) : undefined;
  return stored === undefined ? event : { ...event, stored };
}

function toRow(piece: Piece): Prisma.TaskHistoryCreateManyInput {
  return { ...piece, events: exactJson(piece.events.map(toKept)) };
}
