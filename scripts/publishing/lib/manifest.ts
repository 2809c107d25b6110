import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const ranges = z.record(z.string(), z.string()).default({});

/** The parts of a package.json that publishing reads. */
export const manifestSchema = z.object({
  name: z.string(),
  version: z.string().default('0.0.0'),
  private: z.boolean().default(false),
  exports: z.record(z.string(), z.union([z.string(), z.record(z.string(), z.string())])).default({}),
  dependencies: ranges,
  devDependencies: ranges,
  peerDependencies: ranges,
});

export type Manifest = z.output<typeof manifestSchema>;

/** Reads the manifest in a folder. @throws Error if there is none, or if it has another form */
export async function readManifest(folder: string): Promise<Manifest> {
  return manifestSchema.parse(JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')));
}
