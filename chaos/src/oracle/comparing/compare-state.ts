import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import type { FoldedState } from './fold.ts';

const stateSchema = z.looseObject({
  status: z.string(),
  percent: z.number(),
  stages: z.array(
    z.looseObject({
      name: z.string(),
      status: z.string(),
      current: z.number(),
      total: z.number(),
      text: z.string().optional(),
    }),
  ),
  output: z.unknown().optional(),
  channels: z.record(z.string(), z.unknown()).default({}),
  channelCounts: z.record(z.string(), z.number()).default({}),
});

/** In what a state that was sent differs from the one that the events give; undefined if in nothing. */
export function differenceFrom(expected: FoldedState, sent: unknown): string | undefined {
  const parsed = stateSchema.safeParse(sent);
  if (!parsed.success) return 'it is not a state';
  const { status, percent, output, stages } = parsed.data;
  if (status !== expected.status) return `status is ${status}, not ${expected.status}`;
  if (percent < expected.percent) return `percent is ${percent}, less than ${expected.percent}`;
  if (!isDeepStrictEqual(output, expected.output)) return 'the output is another';
  const named = Object.fromEntries(
    stages.map((stage) => [
      stage.name,
      { status: stage.status, current: stage.current, total: stage.total, text: stage.text ?? '' },
    ]),
  );
  const channels = channelDifference(expected, parsed.data);
  if (channels !== undefined) return channels;
  if (isDeepStrictEqual(named, expected.stages)) return undefined;
  return `stages are ${brief(named)}, not ${brief(expected.stages)}`;
}

function channelDifference(expected: FoldedState, sent: z.infer<typeof stateSchema>): string | undefined {
  const named = Object.fromEntries(
    Object.entries(sent.channels).map(([name, shown]) => {
      const length = sent.channelCounts[name];
      return [name, length === undefined ? { shown } : { shown, length }];
    }),
  );
  if (isDeepStrictEqual(named, expected.channels)) return undefined;
  return `channels are ${brief(named)}, not ${brief(expected.channels)}`;
}

function brief(value: unknown): string {
  return JSON.stringify(value).slice(0, 300);
}
