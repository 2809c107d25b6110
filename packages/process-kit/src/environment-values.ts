import { DatabaseUrlError, parseDatabaseUrl } from '@taskwire/db';
import { REDIS_URL_FORM, isRedisUrl } from '@taskwire/event-log';
import * as z from 'zod';

// Schemas of environment variables. Each message is `fault: remedy`, and none shows a value: some hold passwords.

const DATABASE_URL_FORM =
  'postgresql://user:password@host:port/database, with ?schema=name (letters, digits, _) for tables in another schema than taskwire';
const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** A level of the log, or `silent`. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** A variable that must be given. */
export function text(remedy: string) {
  return z.string({ error: `is missing: ${remedy}` });
}

/** The address of PostgreSQL; `?schema=name` must name a schema that can be used. */
export function databaseUrl() {
  const remedy = `give ${DATABASE_URL_FORM}`;
  const isPostgres = (value: string) =>
    URL.canParse(value) && ['postgresql:', 'postgres:'].includes(new URL(value).protocol);
  return text(remedy)
    .refine(isPostgres, { error: `is not such a URL: ${remedy}`, abort: true })
    .superRefine((value, context) => {
      try {
        parseDatabaseUrl(value);
      } catch (error) {
        if (!(error instanceof DatabaseUrlError)) throw error;
        context.addIssue({ code: 'custom', message: error.message });
      }
    });
}

/** The address of Redis. */
export function redisUrl() {
  const remedy = `give ${REDIS_URL_FORM}`;
  return text(remedy).refine(isRedisUrl, { error: `is not such a URL: ${remedy}` });
}

/** Rules of a whole number. */
export interface NumberRules {
  min: number;
  max: number;
  /** The quantity with its unit: "the time (ms) for running requests when the server stops". */
  meaning?: string;
}

/** A whole number within bounds, or its default. */
export function wholeNumber({ default: fallback, ...rules }: NumberRules & { default: number }) {
  return numberWithin(rules, `for ${fallback}`).default(fallback);
}

/** A whole number within bounds, or nothing. @param leftOut What follows if it is left out: "to keep it for ever". */
export function optionalWholeNumber({ leftOut, ...rules }: NumberRules & { leftOut: string }) {
  return numberWithin(rules, leftOut).optional();
}

function numberWithin({ min, max, meaning }: NumberRules, leftOut: string) {
  const remedy = meaning === undefined ? `leave it out ${leftOut}` : `give ${meaning}, or leave it out ${leftOut}`;
  const error = `is not a whole number from ${min} to ${max}: ${remedy}`;
  const number = z.int({ error }).min(min, { error }).max(max, { error });
  return z
    .string()
    .regex(/^\d{1,15}$/, { error, abort: true })
    .transform(Number)
    .pipe(number);
}

/** One of some words, or the default. @param remedy "give on to …, or leave it out". */
export function oneOf<const Word extends string>(words: readonly Word[], fallback: NoInfer<Word>, remedy: string) {
  return z.enum(words, { error: `is unknown: ${remedy}` }).default(fallback);
}

/** The level of the log. */
export function logLevel() {
  return oneOf(LOG_LEVELS, 'info', `give one of ${LOG_LEVELS.join(', ')}`);
}
