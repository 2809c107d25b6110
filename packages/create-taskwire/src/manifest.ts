import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Groups of entries that the command reads. */
const GROUPS = ['scripts', 'dependencies', 'devDependencies', 'peerDependencies'] as const;

/** The parts of a package.json that the command reads; the others are kept. */
export interface Manifest {
  [field: string]: unknown;
  scripts?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

/** A package.json, and the form of its text. */
export interface ManifestFile {
  manifest: Manifest;
  indentation: string;
  lineEnd: string;
}

/** @throws Error if the folder has no package.json, or one that cannot be read. */
export async function readManifest(folder: string): Promise<ManifestFile> {
  const path = join(folder, 'package.json');
  const read = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new Error(`${folder} has no package.json: give the folder of your project, or make one by npm init`, {
      cause,
    });
  });
  // npm takes a byte order mark, too.
  const text = read.replace(/^\uFEFF/, '');
  const manifest = parseManifest(text);
  if (manifest === undefined) throw new Error(`${path} is not a JSON object of texts: mend it first`);
  const indentation = /^([ \t]+)"/m.exec(text)?.[1] ?? '  ';
  return { manifest, indentation, lineEnd: text.includes('\r\n') ? '\r\n' : '\n' };
}

/** The text of a manifest, in the form of the file that it was read from. */
export function manifestText(manifest: Manifest, { indentation, lineEnd }: Omit<ManifestFile, 'manifest'>): string {
  return `${JSON.stringify(manifest, null, indentation)}\n`.replaceAll('\n', lineEnd);
}

/** The manifest in a text; undefined if it is none. */
export function parseManifest(text: string): Manifest | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isManifest(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isManifest(value: unknown): value is Manifest {
  if (!isRecord(value)) return false;
  return GROUPS.every((group) => {
    const entries = value[group];
    return (
      entries === undefined || (isRecord(entries) && Object.values(entries).every((each) => typeof each === 'string'))
    );
  });
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
