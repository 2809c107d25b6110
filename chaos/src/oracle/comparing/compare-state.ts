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
  if (isDeepStrictEqual(named, expected.stages)) return undefined;
  return `stages are ${brief(named)}, not ${brief(expected.stages)}`;
}

function brief(value: unknown): string {
  return JSON.stringify(value).slice(0, 300);
}
