import type { Prisma } from '../generated/client.ts';
import { exactJson, fromExactJson } from './storable-json.ts';

/** The part of a client that keeps stage results. Stated structurally, so that an extended client fits too. */
interface StageResultTable {
  readonly stageResult: {
    findMany(query: {
      where: { taskId: string };
      select: { stage: true; result: true };
    }): PromiseLike<{ stage: string; result: unknown }[]>;
    upsert(query: {
      where: { taskId_stage: { taskId: string; stage: string } };
      create: Prisma.StageResultUncheckedCreateInput;
      update: Prisma.StageResultUncheckedUpdateInput;
    }): PromiseLike<unknown>;
  };
}

/** The results of a task's finished stages, by stage name. */
export async function loadStageResults(database: StageResultTable, taskId: string): Promise<Map<string, unknown>> {
  const rows = await database.stageResult.findMany({ where: { taskId }, select: { stage: true, result: true } });
  return new Map(rows.map(({ stage, result }) => [stage, fromExactJson(result)]));
}

/**
 * Stores the result of a stage. It replaces the result of an earlier run.
 * @throws SyntaxError or TypeError if JSON cannot hold the result.
 */
export async function saveStageResult(
  database: StageResultTable,
  { taskId, stage, result }: { taskId: string; stage: string; result: unknown },
): Promise<void> {
  const stored = exactJson(result);
  await database.stageResult.upsert({
    where: { taskId_stage: { taskId, stage } },
    create: { taskId, stage, result: stored },
    update: { result: stored },
  });
}
