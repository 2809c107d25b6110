import type { StoredProject } from '../../ports/project-store.ts';

/** A project as its owner sees it. `createdAt` is milliseconds since 1970. */
export type Project = Omit<StoredProject, 'ownerId'>;

/** What the owner sees of a stored project. */
export function toProject({ ownerId: _ownerId, ...project }: StoredProject): Project {
  return project;
}
