/** A value as JSON holds it. */
export type JsonValue = null | boolean | number | string | JsonValue[] | { [field: string]: JsonValue };

/** The value of a JSON text: `JSON.parse` gives nothing else. @throws SyntaxError if the text is not JSON. */
export function parseJson(text: string): JsonValue {
  return JSON.parse(text) as JsonValue;
}
