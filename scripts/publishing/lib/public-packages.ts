import { readdir } from 'node:fs/promises';
import { inRepository, isFile } from '../../lib/repository.ts';
import { readManifest, type Manifest } from './manifest.ts';

/** A package that is published. */
export interface PublicPackage {
  /** From the repository's root: `packages/tasks`. */
  folder: string;
  manifest: Manifest;
}

/** All public packages, by their folders. */
export async function findPublicPackages(): Promise<PublicPackage[]> {
  const names = (await readdir(inRepository('packages'))).sort();
  const found = await Promise.all(['prisma', ...names.map((name) => `packages/${name}`)].map(readPackage));
  return found.flatMap((one) => (one === undefined || one.manifest.private ? [] : [one]));
}

/** Undefined for a folder without package.json: an earlier version may have left one in place of a package. */
async function readPackage(folder: string): Promise<PublicPackage | undefined> {
  if (!(await isFile(inRepository(folder, 'package.json')))) return undefined;
  return { folder, manifest: await readManifest(inRepository(folder)) };
}
