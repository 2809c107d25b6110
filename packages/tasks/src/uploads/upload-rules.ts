import * as z from 'zod';
import { schemaParts } from '../json/schema-parts.ts';
import { uploadFields, type UploadRules } from './upload-collector.ts';

/** Whether a field accepts a media type. */
export function acceptsMediaType({ accept }: Pick<UploadRules, 'accept'>, mediaType: string): boolean {
  if (accept === undefined) return true;
  const everySubtype = `${mediaType.split('/', 1)[0] ?? ''}/*`;
  return accept.some((each) => each === mediaType || each === everySubtype || each === '*/*');
}

/** Rules of the `upload()` fields in a schema, for forms and for the server's list of accepted media types. */
export function uploadRulesIn(schema: z.core.$ZodType): UploadRules[] {
  const found: UploadRules[] = [];
  const seen = new Set<unknown>();
  const open: unknown[] = [schema];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (!(next instanceof z.core.$ZodType) || seen.has(next)) continue;
    seen.add(next);
    const field = uploadFields.get(next);
    if (field !== undefined) found.push(field.rules);
    else for (const part of schemaParts(next).reverse()) open.push(part.schema);
  }
  return found;
}

/** Media types that at least one field accepts; undefined if one field accepts all. */
export function acceptedByAny(fields: readonly UploadRules[]): readonly string[] | undefined {
  if (fields.some(({ accept }) => accept === undefined)) return undefined;
  return [...new Set(fields.flatMap(({ accept = [] }) => accept))];
}
