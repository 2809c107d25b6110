import { compact, firstSeq, storedEntry, TERMINAL_STATUSES, type TaskEvent } from '@taskwire/protocol';
import type { Prisma } from '../generated/client.ts';
import { exactJson } from './storable-json.ts';

/** Number of events of one piece. It bounds the data that is read and decoded at once. */
const PIECE_EVENTS = 500;

/** Longest wait (ms) for a connection, and longest duration (ms) of the write, which may wait for the row's lock. */
const PATIENCE = { maxWait: 10_000, timeout: 30_000 };

/** The part of a client that reads the end of a history. */
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

/** The part of a client that archives. Stated structurally, so that an extended client fits too. */
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
 * Appends events, in the order of their log, to a task's history in compacted form. It may be repeated and may run
 * several times at once, because it skips events that are in the history already. Events of a task without a row are
 * dropped.
 */
export async function archiveEvents(
  database: ArchivingClient,
  taskId: string,
  events: readonly TaskEvent[],
): Promise<void> {
  if (events.length === 0) return;
  await database.$transaction(async (transaction) => {
    // With the row's lock, one writer at a time reads the last archived event and appends after it. Foreign keys do not
    // wait for this kind of lock, so that stage results can be written meanwhile.
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

/** Keeps an entry that this version cannot read in its stored form, for a version that can. */
function toKept(event: TaskEvent): object {
  const stored = event.type === 'unreadable' ? storedEntry(event) : undefined;
  return stored === undefined ? event : { ...event, stored };
}

function toRow(piece: Piece): Prisma.TaskHistoryCreateManyInput {
  return { ...piece, events: exactJson(piece.events.map(toKept)) };
}

/** The part of a client that marks tasks. Stated structurally, so that an extended client fits too. */
interface TaskTable {
  readonly task: {
    updateMany(query: { where: Prisma.TaskWhereInput; data: Prisma.TaskUpdateManyMutationInput }): PromiseLike<unknown>;
  };
}

/** Records that an ended task's row and history are complete. May be repeated. */
export async function markArchived(database: TaskTable, taskId: string): Promise<void> {
  await database.task.updateMany({
    where: { id: taskId, status: { in: [...TERMINAL_STATUSES] }, archivedAt: null },
    data: { archivedAt: new Date() },
  });
}
