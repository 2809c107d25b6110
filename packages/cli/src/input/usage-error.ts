import type { FieldError } from '@taskwire/client';

/** A wrong call of the command. The message says what is wrong and what to write instead. */
export class UsageError extends Error {
  readonly fields: readonly FieldError[];

  constructor(message: string, fields: readonly FieldError[] = []) {
    super(message);
    this.name = 'UsageError';
    this.fields = fields;
  }
}
