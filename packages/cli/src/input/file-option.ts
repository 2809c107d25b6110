import { stat } from 'node:fs/promises';
import type { UploadFieldDescription } from '@taskwire/client';
import { UsageError } from './usage-error.ts';

/** A file for a field of an input. `place` is dotted, below the input: `pages.0.image`. */
export interface FileOfField {
  path: string;
  place: string;
  field: UploadFieldDescription;
}

/**
 * Finds the field of each `--file`, which is `field=path`, or a path alone if the kind has one field for files.
 * @throws UsageError, naming the fields that there are.
 */
export async function assignFiles(
  kind: string,
  fields: readonly UploadFieldDescription[],
  given: readonly string[],
): Promise<FileOfField[]> {
  const files: FileOfField[] = [];
  for (const text of given) files.push(await assign(text, { kind, fields, index: files.length }));
  const twice = files.find(({ place }, index) => files.slice(0, index).some((other) => other.place === place));
  if (twice !== undefined) throw new UsageError(`--file: ${twice.place} is given twice; leave one of the files out`);
  return files;
}

interface Choice {
  kind: string;
  fields: readonly UploadFieldDescription[];
  /** Number of files before this one. */
  index: number;
}

async function assign(text: string, { kind, fields, index }: Choice): Promise<FileOfField> {
  if (fields.length === 0) throw new UsageError(`--file: ${kind} takes no file; give --input`);
  const end = text.indexOf('=');
  const place = text.slice(0, Math.max(end, 0));
  const named = fields.find((field) => matches(field.path, place));
  if (named !== undefined) return { path: text.slice(end + 1), place, field: named };
  // A path may have `=` in it.
  if (end > 0 && !(await exists(text))) {
    throw new UsageError(`--file: ${kind} has no field "${place}" for files; it has ${namesOf(fields)}`);
  }
  const [only, ...others] = fields;
  if (only === undefined || others.length > 0 || isInListOfLists(only)) {
    throw new UsageError(
      `--file: for which field is ${text}? Give --file <field>=${text}; there is ${namesOf(fields)}`,
    );
  }
  return { path: text, place: only.path.replace('*', String(index)), field: only };
}

/** Whether a file needs more than one index: the order of the files gives one. */
function isInListOfLists({ path }: UploadFieldDescription): boolean {
  return path.split('.').filter((part) => part === '*').length > 1;
}

/** Whether a place is one of a field's: `pages.0.image` of `pages.*.image`. */
function matches(fieldPath: string, place: string): boolean {
  const names = place.split('.');
  const pattern = fieldPath.split('.');
  return pattern.length === names.length && pattern.every((part, index) => matchesPart(part, names[index] ?? ''));
}

function matchesPart(part: string, name: string): boolean {
  return part === '*' ? name !== '' && name !== '__proto__' : part === name;
}

function namesOf(fields: readonly UploadFieldDescription[]): string {
  return fields.map(({ path }) => path.replaceAll('*', '0')).join(', ');
}

async function exists(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
