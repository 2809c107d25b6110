import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import type { TrueEvent, TruthLog } from '../../truth/truth-log.ts';
import { firstSeqOf, type Message } from '../message.ts';

const tokenSchema = z.looseObject({ stage: z.string(), text: z.string(), offset: z.int() });
const listSchema = z.looseObject({ keep: z.int(), index: z.int(), values: z.array(z.unknown()) });
const progressSchema = z.looseObject({ stage: z.string(), percent: z.number() });

/**
 * The fault of a task's event, compared with the log. A merged event must stand for tokens or progress of one stage only,
 * or for data of one channel, and say what they said together.
 */
export function eventProblem(log: TruthLog, message: Message): string | undefined {
  const from = firstSeqOf(message);
  const truth = log.between(from, message.seq);
  if (from > message.seq) return `covers ${from}–${message.seq}`;
  if (truth.at(-1)?.seq !== message.seq) return 'the log never held it';
  if (from === message.seq) return isSame(message, truth[0]) ? undefined : differences(message, truth[0]);
  if (truth.length !== message.seq - from + 1) return `merges ${from}–${message.seq}, which are not all in the log`;
  return mergedProblem(message, truth);
}

function isSame(message: Message, event: TrueEvent | undefined): boolean {
  const { fromSeq: _, ...rest } = message;
  return isDeepStrictEqual(rest, event);
}

function differences(message: Message, event: TrueEvent | undefined): string {
  return `${JSON.stringify(message).slice(0, 300)} is not ${JSON.stringify(event).slice(0, 300)}`;
}

function mergedProblem(message: Message, truth: readonly TrueEvent[]): string | undefined {
  const mixed = truth.some((event) => ['type', 'stage', 'channel', 'keep'].some((key) => event[key] !== message[key]));
  if (mixed) return `merges other things than ${message.type} of one stage or channel`;
  if (message.type === 'token') return mergedTokenProblem(message, truth);
  if (message.type === 'progress') return mergedProgressProblem(message, truth);
  if (message.type === 'data') return mergedDataProblem(message, truth);
  return `merges events of type ${message.type}`;
}

function mergedTokenProblem(message: Message, truth: readonly TrueEvent[]): string | undefined {
  const merged = tokenSchema.safeParse(message);
  const parts = z.array(tokenSchema).safeParse(truth);
  if (!merged.success || !parts.success) return 'is no token';
  const [first] = parts.data;
  if (merged.data.offset !== first?.offset) return `begins at ${merged.data.offset}, not at ${first?.offset ?? '?'}`;
  let end = first.offset;
  for (const part of parts.data) {
    if (part.offset !== end) return 'merges texts that do not join';
    end += part.text.length;
  }
  return merged.data.text === parts.data.map((part) => part.text).join('') ? undefined : 'has another text';
}

function mergedDataProblem(message: Message, truth: readonly TrueEvent[]): string | undefined {
  const last = truth.at(-1);
  const parts = z.array(listSchema).safeParse(truth);
  const { fromSeq: _, ...rest } = message;
  if (!parts.success) return isDeepStrictEqual(rest, last) ? undefined : differences(rest, last);
  const [first] = parts.data;
  let end = first?.index ?? 0;
  for (const part of parts.data) {
    if (part.index !== end) return 'merges items that do not join';
    end += part.values.length;
  }
  const values = parts.data.flatMap((part) => part.values).slice(-(first?.keep ?? 1));
  const expected = { ...parts.data.at(-1), values, index: end - values.length };
  return isDeepStrictEqual(rest, expected) ? undefined : `${JSON.stringify(rest)} is not ${JSON.stringify(expected)}`;
}

function mergedProgressProblem(message: Message, truth: readonly TrueEvent[]): string | undefined {
  const last = progressSchema.safeParse(truth.at(-1));
  if (!last.success) return 'is no progress';
  // A merged event may keep an earlier item's name, which the state would still show.
  const kept: Record<string, unknown> = {};
  for (const { itemName, message: words } of truth) {
    if (itemName !== undefined) kept['itemName'] = itemName;
    if (words !== undefined) kept['message'] = words;
  }
  const expected = { ...kept, ...last.data };
  const { fromSeq: _, ...rest } = message;
  return isDeepStrictEqual(rest, expected) ? undefined : `${JSON.stringify(rest)} is not ${JSON.stringify(expected)}`;
}
