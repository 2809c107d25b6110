import { stagePlanSchema, textProblem } from '@taskwire/protocol';
import type * as z from 'zod';
import type { RetryPolicy, StageDefinition } from './task-definition.ts';
import { findSchemaProblem } from '../json/check-json-schema.ts';
import { channelProblem, type ChannelDefinitions } from './channel.ts';

/** Longest name (UTF-16 units) of a kind or stage: both are keys in the database. */
const LONGEST_NAME = 200;

/** Longest time limit (ms): the longest delay of a timer, nearly 25 days. */
const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** Most attempts of a task. The delay doubles by each, and must stay a number. */
const MOST_ATTEMPTS = 1_000;

/** Most channels of a kind: each state of a task holds them all. */
const MOST_CHANNELS = 20;

/** The parts of a definition that are checked. */
interface CheckedDefinition {
  kind: string;
  input: z.ZodType;
  output: z.ZodType;
  stages: readonly StageDefinition[];
  channels: ChannelDefinitions;
  retry: RetryPolicy;
  timeoutMs: number;
}

/** @throws Error, naming the field, for a definition of which a task could not be stored, run or read. */
export function checkDefinition(definition: CheckedDefinition): void {
  const { kind, input, output, stages, channels } = definition;
  checkKind(kind);
  checkStages(kind, stages);
  checkChannels(kind, channels);
  checkLimits(definition);
  checkSchemas(kind, { input, output, ...resultsOf(stages), ...valuesOf(channels) });
}

function checkKind(kind: string): void {
  if (!/^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/.test(kind)) {
    throw new Error(`task kind "${kind}" must be lower-case words joined by dots, such as image.resize`);
  }
  if (kind.length > LONGEST_NAME) throw new Error(`task kind "${kind}" is longer than ${LONGEST_NAME} characters`);
}

function checkStages(kind: string, stages: readonly StageDefinition[]): void {
  const names = stages.map((stage) => stage.name);
  if (names.length === 0 || new Set(names).size !== names.length) {
    throw new Error(`task kind "${kind}" needs at least one stage, each with a name of its own`);
  }
  const invalidStage = stages.find((stage) => !stagePlanSchema.safeParse(stage).success);
  if (invalidStage !== undefined) {
    throw new Error(`stage "${invalidStage.name}" of task kind "${kind}" needs a name, and a weight above 0`);
  }
  for (const name of names) {
    const problem = name.length > LONGEST_NAME ? `must not exceed ${LONGEST_NAME} characters` : textProblem(name);
    if (problem !== undefined) throw new Error(`stage "${name}" of task kind "${kind}": the name ${problem}`);
  }
  if (Number.isFinite(stages.reduce((sum, { weight }) => sum + weight, 0))) return;
  throw new Error(`task kind "${kind}": the sum of the stages' weights is too large for a percentage`);
}

function checkChannels(kind: string, channels: ChannelDefinitions): void {
  const count = Object.keys(channels).length;
  if (count > MOST_CHANNELS) throw new Error(`task kind "${kind}" has ${count} channels: ${MOST_CHANNELS} at most`);
  for (const [name, channel] of Object.entries(channels)) {
    if (!/^[A-Za-z][A-Za-z0-9_-]{0,99}$/.test(name)) {
      throw new Error(`channel "${name}" of task kind "${kind}" needs a name of letters and digits, such as preview`);
    }
    const problem = channelProblem(channel);
    if (problem !== undefined) throw new Error(`channel "${name}" of task kind "${kind}": ${problem}`);
  }
}

function checkLimits({ kind, timeoutMs, retry: { attempts, backoffMs } }: CheckedDefinition): void {
  const limits = [
    { name: 'timeoutMs', value: timeoutMs, least: 1, most: LONGEST_TIMEOUT_MS },
    { name: 'retry.attempts', value: attempts, least: 1, most: MOST_ATTEMPTS },
    { name: 'retry.backoffMs', value: backoffMs, least: 0, most: LONGEST_TIMEOUT_MS },
  ];
  for (const { name, value, least, most } of limits) {
    if (Number.isInteger(value) && value >= least && value <= most) continue;
    throw new Error(`task kind "${kind}": ${name} must be a whole number from ${least} to ${most}, not ${value}`);
  }
}

function checkSchemas(kind: string, schemas: Readonly<Record<string, z.ZodType>>): void {
  for (const [name, schema] of Object.entries(schemas)) {
    const problem = findSchemaProblem(schema, name);
    if (problem !== undefined) throw new Error(`task kind "${kind}": ${problem.path}: ${problem.message}`);
  }
}

function resultsOf(stages: readonly StageDefinition[]): Record<string, z.ZodType> {
  return Object.fromEntries(
    stages.flatMap(({ name, result }) => (result === undefined ? [] : [[`stages.${name}.result`, result]])),
  );
}

function valuesOf(channels: ChannelDefinitions): Record<string, z.ZodType> {
  return Object.fromEntries(Object.entries(channels).map(([name, { value }]) => [`channels.${name}`, value]));
}
