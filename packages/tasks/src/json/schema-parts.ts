import * as z from 'zod';
import { schemaDefinition } from './type-assertions.ts';

/** A schema inside another. */
export interface SchemaPart {
  schema: unknown;
  /** `field`: of an object. `item`: of a list, tuple or record. `same`: another form of the same value. */
  role: 'field' | 'item' | 'same';
  /** The field's name; the index in a tuple; `*` for any item. Absent for the same value. */
  name?: string | number;
}

const same = (schema: unknown): SchemaPart => ({ schema, role: 'same' });
const item = (schema: unknown, name: string | number = '*'): SchemaPart => ({ schema, role: 'item', name });

/** The parts of a schema: of an object its fields, of a union its options, of a wrapper the schema in it. */
export function schemaParts(schema: z.core.$ZodType): SchemaPart[] {
  // Zod keeps this schema; the getter may make another at each call, which the walks would not recognize.
  if (schema instanceof z.core.$ZodLazy) return [same(schema._zod.innerType)];
  const def = schemaDefinition(schema);
  switch (def.type) {
    case 'object':
      return [
        ...Object.entries(def.shape).map(([name, field]): SchemaPart => ({ schema: field, role: 'field', name })),
        ...(def.catchall === undefined ? [] : [item(def.catchall)]),
      ];
    case 'array':
      return [item(def.element)];
    case 'tuple':
      return [...def.items.map((each, index) => item(each, index)), ...(def.rest === null ? [] : [item(def.rest)])];
    case 'record':
    case 'map':
      return [item(def.keyType), item(def.valueType)];
    case 'set':
      return [item(def.valueType)];
    case 'union':
      return def.options.map(same);
    case 'intersection':
      return [same(def.left), same(def.right)];
    case 'pipe':
      return [same(def.in), same(def.out)];
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'nonoptional':
    case 'readonly':
    case 'catch':
    case 'success':
      return [same(def.innerType)];
    default:
      return [];
  }
}
