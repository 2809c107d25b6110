import type { Ports } from '@taskwire/router';

/** Lets those who ask for the same while it is being looked up have one answer: watchers come back by the thousand. */
function shared<Found>(find: (id: string) => Promise<Found>): (id: string) => Promise<Found> {
  const asked = new Map<string, Promise<Found>>();
  return (id) => {
    const known = asked.get(id);
    if (known !== undefined) return known;
    const found = find(id).finally(() => asked.delete(id));
    asked.set(id, found);
    return found;
  };
}

/** The same ports, for a transport where many ask for one task or project at once. */
export function sharedLookups<Given extends Pick<Ports, 'tasks' | 'projects'>>(ports: Given): Given {
  const findTask = shared((taskId) => ports.tasks.find(taskId));
  const findProject = shared((projectId) => ports.projects.find(projectId));
  return { ...ports, tasks: { ...ports.tasks, find: findTask }, projects: { ...ports.projects, find: findProject } };
}
