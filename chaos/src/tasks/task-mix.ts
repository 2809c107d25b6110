import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import type { PlannedTask } from '../plan/round-plan.ts';
import type { ApiClient } from '../system/api-client.ts';
import { RefusedCall } from '../system/api-client.ts';

const DOCUMENTS = new URL('../../../examples/documents/', import.meta.url);
const taskSchema = z.looseObject({ taskId: z.string() });

/** Callbacks of the mix. */
export interface TaskMixSettings {
  projectId: string;
  /** Of the round: keys of the same round and task are the same, so that a create that is repeated makes one task. */
  key: string;
  /** Called once for each task, when it is there. @param place in the plan. */
  onCreated: (place: number, taskId: string) => void;
}

/** Creates the tasks of a plan at their times, and cancels those that are to be canceled. */
export async function runTaskMix(
  client: ApiClient,
  tasks: readonly PlannedTask[],
  settings: TaskMixSettings,
): Promise<void> {
  await Promise.all(tasks.map((task, place) => runOne(client, task, { ...settings, place })));
}

async function runOne(
  client: ApiClient,
  task: PlannedTask,
  { projectId, key, onCreated, place }: TaskMixSettings & { place: number },
): Promise<void> {
  await after(task.atMs);
  const upload = task.document === undefined ? {} : { uploadId: await uploadExample(client, task.document) };
  const created = await client.mutate('task.create', {
    kind: task.kind,
    input: { ...task.input, ...upload },
    projectId,
    idempotencyKey: `${key}-${place}`,
  });
  const { taskId } = taskSchema.parse(created);
  onCreated(place, taskId);
  if (task.cancelAfterMs === undefined) return;
  await after(task.cancelAfterMs);
  await client.mutate('task.cancel', { taskId }).catch((error: unknown) => {
    // It may have ended before.
    if (!(error instanceof RefusedCall)) throw error;
  });
}

async function uploadExample(client: ApiClient, name: string): Promise<string> {
  return client.upload(name, await readFile(fileURLToPath(new URL(name, DOCUMENTS))));
}

function after(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
