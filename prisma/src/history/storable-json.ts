import { Prisma } from '../generated/client.ts';

type StoredJson = Prisma.InputJsonValue | typeof Prisma.JsonNull;

/** What PostgreSQL refuses in text: NUL and lone surrogates. */
const REFUSED = /[\0\p{Surrogate}]/gu;

/** A code point that Unicode keeps free for uses such as this one; it announces four digits. */
const ESCAPE = '\uFDD0';
const ESCAPED = /[\0\p{Surrogate}\uFDD0]/gu;
const ESCAPE_SEQUENCE = /\uFDD0([0-9a-f]{4})/gu;

/** Text as PostgreSQL keeps it: without the characters that it refuses (NUL and lone surrogates). */
export function storableText(text: string): string {
  return text.replace(REFUSED, '');
}

/**
 * A value as PostgreSQL keeps JSON: with storable text.
 * @throws SyntaxError or TypeError if the value is nothing that JSON can hold.
 */
export function storableJson(value: unknown): StoredJson {
  return mapText(plain(value), storableText) ?? Prisma.JsonNull;
}

/**
 * A value for PostgreSQL to keep, of which nothing is lost: characters that it refuses are written as escape sequences,
 * which `fromExactJson` undoes. A text may be cut anywhere, so half a surrogate pair may stand at the end of one event
 * and the other half in the next.
 * @throws SyntaxError or TypeError if the value is nothing that JSON can hold.
 */
export function exactJson(value: unknown): StoredJson {
  return mapText(plain(value), escape) ?? Prisma.JsonNull;
}

/** What `exactJson` was given. */
export function fromExactJson(stored: unknown): unknown {
  return mapText(stored, unescape);
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

function escape(text: string): string {
  return text.replace(ESCAPED, (character) => ESCAPE + character.charCodeAt(0).toString(16).padStart(4, '0'));
}

function unescape(text: string): string {
  return text.replace(ESCAPE_SEQUENCE, (_sequence, digits: string) => String.fromCharCode(Number.parseInt(digits, 16)));
}

/** The same JSON with other texts, keys of objects included. */
function mapText(value: unknown, change: (text: string) => string): Prisma.InputJsonValue | null {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapText(item, change));
  if (typeof value !== 'object') throw new TypeError(`JSON cannot hold a ${typeof value}`);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [change(key), mapText(item, change)]));
}
