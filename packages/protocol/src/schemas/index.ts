export { object, recordOf, variants } from './object-schema.ts';
export { optional, recoverable } from './object-types.ts';
export { anything, listOf, literal, number, oneOf, text, wholeNumber } from './plain-schemas.ts';
export { INVALID, Schema } from './schema.ts';
export type { ObjectOf } from './object-types.ts';
export type { Faults, SchemaValue } from './schema.ts';
