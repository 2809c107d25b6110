import type { Ports } from '@taskwire/router';

/** Shares one query among all lookups of an id that come while it runs: thousands of watchers come back at once. */
function shared<Found>(find: (id: string) => Promise<Found>): (id: string) => Promise<Found> {
  const running = new Map<string, Promise<Found>>();
  return (id) => {
    const known = running.get(id);
    if (known !== undefined) return known;
    const found = find(id).finally(() => running.delete(id));
    running.set(id, found);
    return found;
  };
}

/** The same ports; lookups of one task or project at the same time share a query. */
export function sharedLookups<Given extends Pick<Ports, 'tasks' | 'projects'>>(ports: Given): Given {
  const findTask = shared((taskId) => ports.tasks.find(taskId));
  const findProject = shared((projectId) => ports.projects.find(projectId));
  return { ...ports, tasks: { ...ports.tasks, find: findTask }, projects: { ...ports.projects, find: findProject } };
}
