// Schemas of messages. Clients run them in browsers, so they are small and import nothing. They have the part of zod's
// interface that Taskwire uses, and a property test compares them with zod.

/** Why a value does not fit: the place of its first fault, and the reason. */
export interface SchemaIssue {
  path: (string | number)[];
  message: string;
}

/** The result of a check. */
export type SchemaResult<Value> =
  | { success: true; data: Value; error?: undefined }
  | { success: false; data?: undefined; error: { issues: readonly [SchemaIssue] } };

/** In place of a value that does not fit. */
export const INVALID: unique symbol = Symbol('invalid');
type Invalid = typeof INVALID;

/** The first fault that a check finds. Each schema around adds its name to the path. */
export class Faults {
  issue: SchemaIssue | undefined;

  /** @param path place of the fault, below the checked value. */
  add(message: string, ...path: string[]): Invalid {
    this.issue ??= { path, message };
    return INVALID;
  }

  /** The fault stands in this part of the value around. */
  within(name: string | number): Invalid {
    this.issue?.path.unshift(name);
    return INVALID;
  }
}

/** Checks values, and gives those that fit their type. Objects come out without fields that their schema does not have. */
export class Schema<Value> {
  /** Checks a value. @returns what fits, or `INVALID` after a fault has been added. */
  readonly read: (value: unknown, faults: Faults) => Value | Invalid;

  constructor(read: (value: unknown, faults: Faults) => Value | Invalid) {
    this.read = read;
  }

  safeParse(value: unknown): SchemaResult<Value> {
    const faults = new Faults();
    const data = this.read(value, faults);
    if (data !== INVALID) return { success: true, data };
    return { success: false, error: { issues: [faults.issue ?? { path: [], message: 'does not fit' }] } };
  }

  /** @throws TypeError naming the place. */
  parse(value: unknown): Value {
    const { success, data, error } = this.safeParse(value);
    if (success) return data;
    const [{ path, message }] = error.issues;
    throw new TypeError(`${path.join('.') || '(value)'}: ${message}`);
  }
}

/** The type of the values that fit a schema. */
export type SchemaValue<Of> = Of extends Schema<infer Value> ? Value : never;
