/** A place in a caller's input that was refused, with the reason. `path` is dotted: `input.uploadId`. */
export interface FieldError {
  path: string;
  message: string;
}

/** A fault that a schema of zod finds. */
interface SchemaFault {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/** Names for the places of refused fields. */
export interface FieldErrorOptions {
  /** Beginning of every path, such as `input`. */
  root?: string;
  /** Path of a fault of the whole value, if there is no `root`. */
  whole?: string;
}

/** The fields that a schema refused, with the reasons. */
export function fieldErrors(
  error: { readonly issues: readonly SchemaFault[] },
  options: FieldErrorOptions = {},
): FieldError[] {
  const { root, whole = '(input)' } = options;
  return error.issues.map(({ path, message }) => {
    const names = root === undefined ? path : [root, ...path];
    return { path: names.map(String).join('.') || whole, message };
  });
}

/** Refused fields on one line: `input.pages: must be a number; input.name: is missing`. */
export function fieldErrorText(fields: readonly FieldError[]): string {
  return fields.map(({ path, message }) => `${path}: ${message}`).join('; ');
}
