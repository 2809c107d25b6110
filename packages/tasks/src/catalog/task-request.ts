import type * as z from 'zod';
import type { AnyTaskDefinition, TaskInput } from '../definition/definition-types.ts';

/** A checked request; over several definitions, a union by `kind`. */
export type TaskRequest<Definition extends AnyTaskDefinition = AnyTaskDefinition> = Definition extends AnyTaskDefinition
  ? z.output<Definition['request']>
  : never;

/** Options of a request beside `kind` and `input`, as a caller writes them. */
export type TaskRequestOptions = Omit<z.input<AnyTaskDefinition['request']>, 'kind' | 'input'>;

/** A request as a caller writes it; over several definitions, a union by `kind`. */
export type TaskRequestInput<Definition extends AnyTaskDefinition = AnyTaskDefinition> =
  Definition extends AnyTaskDefinition
    ? { kind: Definition['kind']; input: TaskInput<Definition> } & TaskRequestOptions
    : never;
