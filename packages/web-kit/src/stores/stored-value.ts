import type { z } from 'zod';

/** Reads a value from a browser's storage; undefined if it is absent or does not fit the schema. */
export function readStored<Schema extends z.ZodType>(
  storage: Storage,
  key: string,
  schema: Schema,
): z.output<Schema> | undefined {
  try {
    const text = storage.getItem(key);
    return text === null ? undefined : schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** Writes a value, or removes it if it is undefined. Ignores a storage that is full or forbidden. */
export function writeStored(storage: Storage, key: string, value: unknown): void {
  try {
    if (value === undefined) storage.removeItem(key);
    else storage.setItem(key, JSON.stringify(value));
  } catch {
    // The value lasts as long as the page.
  }
}
