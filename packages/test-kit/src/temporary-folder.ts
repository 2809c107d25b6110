import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder that is deleted when it is needed no more. */
export interface TemporaryFolder {
  /** Absolute. */
  path: string;
  remove(): Promise<void>;
}

/** Makes an empty folder in the system's one for temporary files. @param name Its purpose, a part of its name. */
export async function createTemporaryFolder(name: string): Promise<TemporaryFolder> {
  const path = await mkdtemp(join(tmpdir(), `taskwire-${name}-`));
  return { path, remove: () => rm(path, { recursive: true, force: true }) };
}
