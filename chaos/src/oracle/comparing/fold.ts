import * as z from 'zod';
import type { TrueEvent } from '../../truth/truth-log.ts';
import { isTerminalType } from '../message.ts';

interface Stage {
  status: string;
  current: number;
  total: number;
  text: string;
}

/** The oracle's own idea of a task's state: what a watcher of it must be able to rely on. */
export interface FoldedState {
  status: string;
  /** At least this much (whole task, 0–100): the highest that an event named. */
  percent: number;
  stages: Readonly<Record<string, Stage>>;
  channels: Readonly<Record<string, Channel>>;
  output: unknown;
}

/** Shown part of a channel: its last value, or the last items of a list of this length. */
interface Channel {
  shown: unknown;
  length?: number;
}

export const BLANK: FoldedState = { status: 'queued', percent: 0, stages: {}, channels: {}, output: undefined };

const fieldsSchema = z.looseObject({
  stage: z.string().optional(),
  stages: z.array(z.looseObject({ name: z.string() })).optional(),
  status: z.string().optional(),
  current: z.number().optional(),
  total: z.number().optional(),
  percent: z.number().optional(),
  text: z.string().optional(),
  offset: z.number().optional(),
  channel: z.string().optional(),
  keep: z.number().optional(),
  index: z.number().optional(),
  values: z.array(z.unknown()).optional(),
});
type Fields = z.infer<typeof fieldsSchema>;

const STATUS_AFTER: Readonly<Record<string, string>> = {
  started: 'running',
  retrying: 'retrying',
  canceling: 'canceling',
};

/** The state after one more event. Independent of the system's own reducer, so that a fault in it shows. */
export function fold(state: FoldedState, event: TrueEvent): FoldedState {
  const fields = fieldsSchema.parse(event);
  const percent = event.type === 'done' ? 100 : Math.max(state.percent, fields.percent ?? 0);
  const status = statusAfter(state.status, event.type);
  const output = event.type === 'done' ? event['output'] : state.output;
  const channels = event.type === 'data' ? channelsAfter(state.channels, fields, event['value']) : state.channels;
  return { status, percent, output, channels, stages: stagesAfter(state.stages, event.type, fields) };
}

function channelsAfter(channels: FoldedState['channels'], fields: Fields, value: unknown): FoldedState['channels'] {
  const { channel = '', keep = 1, index = 0, values } = fields;
  if (values === undefined) return { ...channels, [channel]: { shown: value } };
  const shown = [...itemsBefore(index, channels[channel]), ...values].slice(-keep);
  return { ...channels, [channel]: { shown, length: index + values.length } };
}

/** The shown items of a list that stay, if items from a place in the whole list on are replaced. */
function itemsBefore(place: number, channel: Channel | undefined): readonly unknown[] {
  if (channel?.length === undefined || !Array.isArray(channel.shown)) return [];
  const items: readonly unknown[] = channel.shown;
  const staying = items.length - (channel.length - place);
  return staying < 0 || staying > items.length ? [] : items.slice(0, staying);
}

function statusAfter(before: string, type: string): string {
  if (isTerminalType(type)) return type;
  const after = STATUS_AFTER[type] ?? before;
  return before === 'canceling' ? before : after;
}

function stagesAfter(stages: FoldedState['stages'], type: string, fields: Fields): FoldedState['stages'] {
  if (type === 'queued') {
    const planned = (fields.stages ?? []).map(({ name }) => [name, blankStage()] as const);
    return Object.fromEntries(planned);
  }
  const name = fields.stage;
  if (name === undefined || !['stage', 'progress', 'token'].includes(type)) return stages;
  return { ...stages, [name]: stageAfter(stages[name] ?? blankStage(), type, fields) };
}

function blankStage(): Stage {
  return { status: 'pending', current: 0, total: 0, text: '' };
}

function stageAfter(stage: Stage, type: string, { status, current, total, text, offset }: Fields): Stage {
  if (type === 'stage') return { ...stage, status: status ?? stage.status };
  if (type === 'progress') return { ...stage, current: current ?? 0, total: total ?? 0 };
  return { ...stage, text: stage.text.slice(0, offset ?? 0) + (text ?? '') };
}
