import type * as z from 'zod';

/** A value that JSON holds. Optional fields may be undefined: JSON leaves them out. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [field: string]: Json | undefined };

/** A schema of values that JSON holds, before and after parsing. */
export type JsonSchema = z.ZodType<Json, Json>;

/**
 * A condition on a schema: a parsed value fits the schema again, because it is stored and read by the same schema. A
 * schema that turns texts into numbers fails it.
 */
export type FitsAgain<Schema extends z.ZodType> =
  z.output<Schema> extends z.input<Schema>
    ? unknown
    : { 'the parsed value must fit the schema again: use no transform': z.input<Schema> };
