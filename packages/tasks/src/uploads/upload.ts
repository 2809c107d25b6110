import * as z from 'zod';
import { collectUpload, uploadFields, type UploadRules } from './upload-collector.ts';

/** The id of an upload. Only the check of a task's input makes one of a string. */
export const uploadIdSchema = z.uuid().brand<'UploadId'>();
export type UploadId = z.output<typeof uploadIdSchema>;

/** `image/png`, or every subtype: `image/*`. */
const MEDIA_TYPE = /^[a-z0-9][a-z0-9!#$&^_.+-]*\/(\*|[a-z0-9][a-z0-9!#$&^_.+-]*)$/;

/**
 * A field of a task's input that holds the id of an upload (`POST /api/v1/uploads`). It may stand anywhere in the input:
 * in objects, arrays, unions, records, behind `optional`, `lazy`, `pipe` and `transform`. `task.create` refuses a foreign
 * upload, and one that the rules do not accept; the handler opens it by `ctx.openUpload(id)`.
 *
 * Each value that an `upload()` checks counts, even in a member of a plain union that does not fit in the end. If another
 * member may hold the same value without an upload, use a discriminated union.
 * @throws Error for an empty `accept`, a media type that is not spelled `type/subtype` or `type/*`, or a size that is no positive integer.
 */
export function upload(rules: UploadRules = {}) {
  if (rules.accept?.length === 0) {
    throw new Error('upload(): accept: name a media type, or leave it out to accept each');
  }
  for (const type of rules.accept ?? []) {
    if (!MEDIA_TYPE.test(type))
      throw new Error(`upload(): accept: "${type}" must be a media type such as image/png or image/*`);
  }
  const { maxBytes } = rules;
  if (maxBytes !== undefined && !(Number.isSafeInteger(maxBytes) && maxBytes > 0)) {
    throw new Error('upload(): maxBytes must be a whole number of bytes above 0');
  }
  const field = uploadIdSchema.check(({ value, issues }) => {
    if (issues.length === 0) collectUpload(value, rules);
  });
  uploadFields.add(field, { rules });
  return field;
}
