import { compact, taskEventSchema, type TaskEvent } from '@taskwire/protocol';
import * as z from 'zod';
import { fromExactJson } from './storable-json.ts';

/** Pieces read at once. Those of a slow task hold few events each, others up to 500. */
const PIECES_READ = 20;

const eventsSchema = z.array(taskEventSchema);

/** The part of a client that reads a history, in few enough words that an extended client has it too. */
interface HistoryTable {
  readonly taskHistory: {
    findMany(query: {
      where: { taskId: string; toSeq: { gt: number } };
      orderBy: { fromSeq: 'asc' };
      take: number;
      select: { toSeq: true; events: true };
    }): PromiseLike<{ toSeq: bigint; events: unknown }[]>;
  };
}

/**
 * At most `limit` events of a task's history after `afterSeq`, in order. Neighbouring tokens and progress are merged:
 * such an event says in `fromSeq` where its range begins.
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
      select: { toSeq: true, events: true },
    });
    const read = pieces.flatMap((piece) => eventsSchema.parse(fromExactJson(piece.events)));
    // Neighbours that were archived at different times are merged here.
    events = compact([...events, ...read.filter((event) => event.seq > afterSeq)]);
    if (pieces.length < PIECES_READ) break;
    seq = Number(pieces.at(-1)?.toSeq);
  }
  return events.slice(0, limit);
}
