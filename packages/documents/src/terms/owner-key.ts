import { createHash } from 'node:crypto';

/** Length (characters) of an owner's key: 60 bits, so that two owners share one practically never. */
const KEY_LENGTH = 10;

/**
 * The owner's part of every lexeme: the index holds an owner's words apart from all others. A key that two owners
 * share would cost time only: the search checks the owner of each row too.
 */
export function ownerKey(ownerId: string): string {
  return createHash('sha256').update(ownerId).digest('base64url').slice(0, KEY_LENGTH);
}
