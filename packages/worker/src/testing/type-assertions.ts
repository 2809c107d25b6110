/** A value that a handler gives as a text, although it is none: such a handler was not compiled against the types. */
export function asText(value: unknown): string {
  return value as string;
}
