import { uploadPathsIn, type AnyTaskDefinition, type TaskCatalog, type UploadField } from '@taskwire/tasks';
import * as z from 'zod';
import type { Query } from '../../procedure-types.ts';
import { callerProcedure } from '../../trpc.ts';
import { isOffered } from '../../use-cases/tasks/check-offered.ts';

/** A kind as the command line and forms show it, without its schemas. */
export interface KindDescription<Kind extends string = string> {
  kind: Kind;
  /** One sentence for people. */
  summary: string;
  isDemo: boolean;
  stages: { name: string; weight: number }[];
  channels: { name: string; mode: 'latest' | 'list'; keep?: number }[];
  /** JSON Schema (2020-12) of the input as a caller writes it. */
  inputSchema: Record<string, unknown>;
  /** The `upload()` fields of the input. */
  uploads: UploadField[];
}

/**
 * The kinds that the server offers, with all that is needed to ask for an input.
 * @throws Error, naming the kind, if its input has no JSON Schema, such as for two schemas with one `id`.
 */
export function kinds<Definition extends AnyTaskDefinition>(
  catalog: TaskCatalog<Definition>,
): Query<void, KindDescription<Definition['kind']>[]> {
  // Before the first request: a kind without a description would fail every call, for all kinds.
  const descriptions = catalog.tasks.map(describe);
  return callerProcedure.query(({ ctx }) => descriptions.filter((each) => isOffered(ctx.ports, each)));
}

function describe<Definition extends AnyTaskDefinition>(definition: Definition): KindDescription<Definition['kind']> {
  const { kind, summary, isDemo, stages, channels, input } = definition;
  return {
    kind,
    summary,
    isDemo,
    stages: stages.map(({ name, weight }) => ({ name, weight })),
    channels: Object.entries(channels).map(([name, channel]) => ({
      name,
      mode: channel.mode,
      ...(channel.mode === 'list' ? { keep: channel.keep } : {}),
    })),
    inputSchema: inputSchemaOf(definition),
    uploads: uploadPathsIn(input),
  };
}

function inputSchemaOf({ kind, input }: AnyTaskDefinition): Record<string, unknown> {
  try {
    // Repeated in each place, a schema that is used twice at each of many levels would grow without end.
    return { ...z.toJSONSchema(input, { io: 'input', unrepresentable: 'any', reused: 'ref' }) };
  } catch (cause) {
    throw new Error(`task kind "${kind}": input: no JSON Schema describes it: ${String(cause)}`, { cause });
  }
}
