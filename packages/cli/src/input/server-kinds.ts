import type { TaskwireClient } from '@taskwire/client';
import { UsageError } from './usage-error.ts';

/** A kind as the server describes it. */
export type ServerKind = Awaited<ReturnType<TaskwireClient['trpc']['system']['kinds']['query']>>[number];

/** Asks the server for a kind. @throws UsageError naming the kinds that there are. */
export async function findKind(client: TaskwireClient, name: string): Promise<ServerKind> {
  const kinds = await client.trpc.system.kinds.query();
  const found = kinds.find(({ kind }) => kind === name);
  if (found !== undefined) return found;
  throw new UsageError(`kind: there is no kind "${name}"; there is ${kinds.map(({ kind }) => kind).join(', ')}`);
}

/**
 * The field of the input that a file is for, and its path: `image=photo.png`, or `photo.png` if the kind takes one file.
 * @throws UsageError if the kind takes no file, or several and none of them is named.
 */
export function fieldOf(given: string, { kind, uploads }: ServerKind): { field: string; path: string } {
  // A file in a list or deeper in the input is uploaded by itself, and its id is given by --input.
  const fields = uploads.map(({ path }) => path).filter((path) => !path.includes('.'));
  const named = fields.find((field) => given.startsWith(`${field}=`));
  if (named !== undefined) return { field: named, path: given.slice(named.length + 1) };
  const [field, ...others] = fields;
  if (field === undefined) throw new UsageError(`--file: a ${kind} takes no file; give --input`);
  if (others.length === 0) return { field, path: given };
  throw new UsageError(`--file: a ${kind} takes several files: give the field, as in --file ${field}=${given}`);
}
