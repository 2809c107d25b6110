import { Prisma } from '../generated/client.ts';

type StoredJson = Prisma.InputJsonValue | typeof Prisma.JsonNull;

/** Characters that PostgreSQL refuses in text: NUL and lone surrogates. */
const REFUSED = /[\0\p{Surrogate}]/gu;

/** A noncharacter of Unicode, free for internal use. Four hexadecimal digits follow it. */
const ESCAPE = '\uFDD0';
const ESCAPED = /[\0\p{Surrogate}\uFDD0]/gu;
const ESCAPE_SEQUENCE = /\uFDD0([0-9a-f]{4})/gu;

/** Text without the characters that PostgreSQL refuses (NUL and lone surrogates). */
export function storableText(text: string): string {
  return text.replace(REFUSED, '');
}

/**
 * A value as JSON with storable text.
 * @throws SyntaxError or TypeError if JSON cannot hold the value.
 */
export function storableJson(value: unknown): StoredJson {
  return mapText(plain(value), storableText) ?? Prisma.JsonNull;
}

/**
 * A value as lossless JSON: refused characters become escape sequences, which `fromExactJson` reverses. Text may be cut
 * anywhere, so that half a surrogate pair may end one event and the other half begin the next.
 * @throws SyntaxError or TypeError if JSON cannot hold the value.
 */
export function exactJson(value: unknown): StoredJson {
  return mapText(plain(value), escape) ?? Prisma.JsonNull;
}

/** The value that `exactJson` received. */
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

/** The same JSON with changed texts, including keys. */
function mapText(value: unknown, change: (text: string) => string): Prisma.InputJsonValue | null {
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapText(item, change));
  if (typeof value !== 'object') throw new TypeError(`JSON cannot hold a ${typeof value}`);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [change(key), mapText(item, change)]));
}
