/** Refusals of a connection, by PostgreSQL's code (SQLSTATE). */
const REFUSALS: Readonly<Record<string, string>> = {
  '3D000': 'has no database of the name in DATABASE_URL',
  '28P01': 'refuses the password in DATABASE_URL',
  '28000': 'refuses the user of DATABASE_URL',
};

/** Largest depth of an error's examined causes. */
const DEPTH = 6;

/** Why PostgreSQL refused a connection, as the end of a sentence about it. Undefined for all other errors. */
export function connectionRefusal(error: unknown): string | undefined {
  return refusalIn(REFUSALS, error);
}

/** The text for the code of an error or of one of its causes. */
export function refusalIn(texts: Readonly<Record<string, string>>, error: unknown): string | undefined {
  const codes = codesOf(error, DEPTH);
  return Object.entries(texts).find(([code]) => codes.includes(code))?.[1];
}

/** The codes of an error and of its causes. */
function codesOf(error: unknown, depth: number): unknown[] {
  if (typeof error !== 'object' || error === null || depth === 0) return [];
  const inner = ['cause', 'meta', 'driverAdapterError'].map((name): unknown => Reflect.get(error, name));
  const own = ['code', 'originalCode'].map((name): unknown => Reflect.get(error, name));
  return [...own, ...inner.flatMap((cause) => codesOf(cause, depth - 1))];
}
