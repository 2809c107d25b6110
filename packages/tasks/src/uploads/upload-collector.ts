import * as z from 'zod';

/** Uploads that a field accepts. Without `accept`: each media type. Without `maxBytes`: each size. */
export interface UploadRules {
  /** Media types (`image/png`), or all of one type (`image/*`). */
  readonly accept?: readonly string[];
  /** Largest size (bytes). */
  readonly maxBytes?: number;
}

/** An upload in an input, its place there (`input.pages.0.image`), and the rules of its field. */
export interface UploadReference {
  path: string;
  uploadId: string;
  readonly rules: UploadRules;
}

interface CollectedUpload {
  uploadId: string;
  rules: UploadRules;
}

/** Schemas made by `upload()`, for forms. The check of an input does not use it. */
export const uploadFields = z.registry<{ rules: UploadRules }>();

/** Uploads found by the running check of an input. A check is synchronous, so only one runs at a time. */
let current: CollectedUpload[] | undefined;

/** Called by each `upload()` with the id that it checks. */
export function collectUpload(uploadId: string, rules: UploadRules): void {
  current?.push({ uploadId, rules });
}

/** A checked input with its uploads, or the refusal. */
export type InputCheck<Output> =
  { success: true; data: Output; uploads: readonly UploadReference[] } | { success: false; error: z.ZodError };

/**
 * Checks an input and collects its uploads. Each `upload()` reports its id while the check runs, so no combination of
 * schemas can hide one.
 */
export function checkInput<Schema extends z.ZodType>(schema: Schema, input: unknown): InputCheck<z.output<Schema>> {
  const outer = current;
  const collected: CollectedUpload[] = [];
  current = collected;
  try {
    const parsed = schema.safeParse(input);
    if (!parsed.success) return parsed;
    return { success: true, data: parsed.data, uploads: located(collected, input) };
  } finally {
    current = outer;
  }
}

/** Each pair of id and field once, with the place of the id in the input. */
function located(collected: readonly CollectedUpload[], input: unknown): UploadReference[] {
  if (collected.length === 0) return [];
  const places = placesOf(new Set(collected.map(({ uploadId }) => uploadId)), input);
  const seen = new Map<UploadRules, Set<string>>();
  const references: UploadReference[] = [];
  for (const { uploadId, rules } of collected) {
    const ids = seen.get(rules) ?? new Set<string>();
    seen.set(rules, ids);
    if (ids.has(uploadId)) continue;
    ids.add(uploadId);
    // Fields that share an id get its places in the order of their checks.
    const left = places.get(uploadId) ?? [];
    references.push({ path: (left.length > 1 ? left.shift() : left[0]) ?? 'input', uploadId, rules });
  }
  return references;
}

/** The dotted paths of the wanted texts in a value, keys included, in order. It walks without recursion. */
function placesOf(wanted: ReadonlySet<string>, input: unknown): Map<string, string[]> {
  const places = new Map<string, string[]>();
  const visit = (text: string, path: string) => {
    if (!wanted.has(text)) return;
    const known = places.get(text);
    if (known === undefined) places.set(text, [path]);
    else known.push(path);
  };
  const open: { value: unknown; path: string }[] = [{ value: input, path: 'input' }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, path } = next;
    if (typeof value === 'string') visit(value, path);
    if (typeof value !== 'object' || value === null) continue;
    const entries = Object.entries(value).map(([key, item]: [string, unknown]) => {
      visit(key, `${path}.${key}`);
      return { value: item, path: `${path}.${key}` };
    });
    // One by one: `push(...entries)` fails for very long lists, which would exceed the largest number of arguments.
    for (const entry of entries.reverse()) open.push(entry);
  }
  return places;
}
