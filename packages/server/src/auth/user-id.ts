import { TaskwireError, identityProblem } from '@taskwire/protocol';
import * as z from 'zod';

const LONGEST_NAME = 64;

/**
 * A user id of any authenticator. It has no control characters, as it is logged, and no two of them may be stored as one.
 */
export const userIdSchema = z
  .string()
  .min(1)
  .max(200)
  .regex(/^\P{Cc}+$/u)
  .refine((userId) => identityProblem(userId) === undefined);

/**
 * The user id that a name signs in as: the same for every spelling of the name in case, spaces and punctuation.
 * @throws TaskwireError INVALID_INPUT if no letter or digit is in it, or it is longer than 64 characters.
 */
export function userIdOfName(name: string): string {
  const problem = (message: string) =>
    new TaskwireError('INVALID_INPUT', `name: ${message}`, { fields: [{ path: 'name', message }] });
  const unfit = identityProblem(name);
  if (unfit !== undefined) throw problem(unfit);
  if (name.length > LONGEST_NAME) throw problem(`must be at most ${LONGEST_NAME} characters long`);
  const words = name
    .normalize('NFKC')
    .toLowerCase()
    .match(/[\p{L}\p{N}\p{M}]+/gu);
  if (words === null) throw problem('must hold at least one letter or digit');
  return words.join('-');
}
