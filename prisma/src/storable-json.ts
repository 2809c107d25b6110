import * as z from 'zod';
import { Prisma } from './generated/client.ts';

/** Text as PostgreSQL keeps it: without the characters that it refuses (NUL and lone surrogates). */
export function storableText(text: string): string {
  return text.replace(/[\0\p{Surrogate}]/gu, '');
}

/**
 * A value as PostgreSQL keeps JSON: with storable text.
 * @throws ZodError or SyntaxError if the value is nothing that JSON can hold.
 */
export function storableJson(value: unknown): Prisma.InputJsonValue | typeof Prisma.JsonNull {
  const text = JSON.stringify(value, (_key, item: unknown) => (typeof item === 'string' ? storableText(item) : item));
  return z.json().parse(JSON.parse(text)) ?? Prisma.JsonNull;
}
