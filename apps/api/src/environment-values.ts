import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DatabaseUrlError, parseDatabaseUrl } from '@taskwire/db';
import { REDIS_URL_FORM, isRedisUrl } from '@taskwire/event-log';
import { SECRET_REMEDY, weaknessOf } from '@taskwire/protocol';
import * as z from 'zod';

/** A variable that must be given. */
export function text(remedy: string) {
  return z.string({ error: `is missing: ${remedy}` });
}

/** A secret that nobody can guess. */
export function secret() {
  return text(SECRET_REMEDY).superRefine((value, context) => {
    const weakness = weaknessOf(value);
    if (weakness !== undefined) context.addIssue(`${weakness}: ${SECRET_REMEDY}`);
  });
}

/** A URL of one of some protocols (`redis:`). */
function url(protocols: readonly string[], remedy: string) {
  const fits = (value: string) => URL.canParse(value) && protocols.includes(new URL(value).protocol);
  return text(remedy).refine(fits, { error: `is not such a URL: ${remedy}` });
}

/** The address of PostgreSQL; `?schema=name` must name a schema that can be used. */
export function databaseUrl() {
  return url(['postgresql:', 'postgres:'], 'give postgresql://user:password@host:port/database').superRefine(
    (value, context) => {
      try {
        parseDatabaseUrl(value);
      } catch (error) {
        if (!(error instanceof DatabaseUrlError)) throw error;
        context.addIssue({ code: 'custom', message: error.message });
      }
    },
  );
}

/** The address of Redis. */
export function redisUrl() {
  return text(`give ${REDIS_URL_FORM}`).refine(isRedisUrl, { error: `is not such a URL: give ${REDIS_URL_FORM}` });
}

/** Origins as browsers send them, separated by commas. */
export function origins() {
  const remedy =
    'give each as a browser sends it, separated by commas: https://app.example,http://localhost:5173 ' +
    '(scheme, host and port; no path, no *)';
  return z
    .string()
    .default('')
    .transform((value) => value.split(',').flatMap((each) => (each.trim() === '' ? [] : [each.trim()])))
    .refine((each) => each.every(isOrigin), { error: `is not a list of origins: ${remedy}` });
}

function isOrigin(text: string): boolean {
  if (!/^https?:[^*]+$/.test(text) || !URL.canParse(text)) return false;
  return new URL(text).origin === text;
}

/** A whole number within bounds. */
export function wholeNumber(bounds: { min: number; max: number; default: number }) {
  const error = `is not a whole number from ${bounds.min} to ${bounds.max}: leave it out for ${bounds.default}`;
  const number = z.int({ error }).min(bounds.min, { error }).max(bounds.max, { error });
  return z
    .string()
    .regex(/^\d{1,15}$/, { error, abort: true })
    .transform(Number)
    .pipe(number)
    .default(bounds.default);
}

/** A folder as an absolute path. */
export function folder(fallback: string) {
  return z
    .string()
    .default(fallback)
    .transform((path) => resolve(path));
}

/** A folder given relative to the package; this file and the built one both lie one level below the package. */
export function beside(path: string): string {
  return fileURLToPath(new URL(`../${path}`, import.meta.url));
}
