import type { Project } from '@taskwire/db';
import type { ProjectStore, StoredProject } from '@taskwire/router';
import type { ApiDatabase } from './api-database.ts';
import { isForeignKeyViolation, isUniqueViolation } from './database-errors.ts';
import { NEWEST_FIRST, rowsAfter } from './keyset.ts';

/** The name of the project that takes tasks created without one. */
const DEFAULT_PROJECT_NAME = 'Default';

function toStoredProject({ id, ownerId, name, createdAt }: Project): StoredProject {
  return { projectId: id, ownerId, name, createdAt: createdAt.getTime() };
}

/** The rows of projects in PostgreSQL. */
export function createProjectStore(database: ApiDatabase): ProjectStore {
  const findByName = async (ownerId: string, name: string): Promise<StoredProject | undefined> => {
    const row = await database.project.findUnique({ where: { ownerId_name: { ownerId, name } } });
    return row === null ? undefined : toStoredProject(row);
  };
  const create = async (project: { ownerId: string; name: string }): Promise<StoredProject | undefined> => {
    try {
      return toStoredProject(await database.project.create({ data: project }));
    } catch (error) {
      if (isUniqueViolation(error)) return undefined;
      throw error;
    }
  };
  return {
    create,
    async find(projectId) {
      const row = await database.project.findUnique({ where: { id: projectId } });
      return row === null ? undefined : toStoredProject(row);
    },
    async delete(projectId) {
      try {
        await database.project.deleteMany({ where: { id: projectId } });
        return true;
      } catch (error) {
        if (isForeignKeyViolation(error)) return false;
        throw error;
      }
    },
    async findOrCreateDefault(ownerId) {
      const project = { ownerId, name: DEFAULT_PROJECT_NAME };
      const found = (await findByName(ownerId, project.name)) ?? (await create(project));
      // Another call has created it between the read and the write.
      const settled = found ?? (await findByName(ownerId, project.name));
      if (settled === undefined) throw new Error('the default project was deleted while it was being looked up');
      return settled;
    },
    async list({ ownerId, after, limit }) {
      const where = { ownerId, ...(after === undefined ? {} : rowsAfter(after)) };
      const rows = await database.project.findMany({ where, orderBy: NEWEST_FIRST, take: limit });
      return rows.map(toStoredProject);
    },
  };
}
