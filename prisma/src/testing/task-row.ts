import type { Database } from '../connection/client.ts';

/** Inserts a task. @returns the ids of the new rows. */
export async function createTaskRow(database: Database): Promise<{ taskId: string; projectId: string }> {
  const owner = { ownerId: 'ada', name: 'Default' };
  const { id: projectId } = await database.project.upsert({
    where: { ownerId_name: owner },
    create: owner,
    update: {},
  });
  const task = await database.task.create({
    data: { ownerId: 'ada', projectId, kind: 'demo.count', input: {}, priority: 5 },
  });
  return { taskId: task.id, projectId };
}
