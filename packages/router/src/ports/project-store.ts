import type { ListPosition } from './task-store.ts';

/** A group of one owner's tasks. `createdAt` is milliseconds since 1970. */
export interface StoredProject {
  projectId: string;
  ownerId: string;
  name: string;
  createdAt: number;
}

export interface ProjectStore {
  /** Undefined if the owner has a project of that name. */
  create(project: { ownerId: string; name: string }): Promise<StoredProject | undefined>;
  find(projectId: string): Promise<StoredProject | undefined>;
  /** Deletes a project that has no tasks. False if it has one; true if there is no such project any more. */
  delete(projectId: string): Promise<boolean>;
  /** The project that takes tasks created without one; made on first use. */
  findOrCreateDefault(ownerId: string): Promise<StoredProject>;
  /** Newest first, at most `limit` of them. */
  list(query: { ownerId: string; after?: ListPosition; limit: number }): Promise<StoredProject[]>;
}
