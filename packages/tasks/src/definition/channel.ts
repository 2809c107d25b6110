import { MOST_KEPT_ITEMS } from '@taskwire/protocol';
import type * as z from 'zod';
import type { FitsAgain, JsonSchema } from '../json/json-types.ts';

/** A channel whose state is its latest value. */
export interface LatestChannel<Value extends z.ZodType = z.ZodType> {
  readonly mode: 'latest';
  readonly value: Value;
}

/** A channel whose state is its last `keep` items. */
export interface ListChannel<Item extends z.ZodType = z.ZodType> {
  readonly mode: 'list';
  readonly value: Item;
  /** Number of items that a late watcher gets: 1 to 1,000. */
  readonly keep: number;
}

/** A task's own typed events. */
export type ChannelDefinition = LatestChannel | ListChannel;

/** The channels of a kind, by name. */
export type ChannelDefinitions = Readonly<Record<string, ChannelDefinition>>;

/**
 * A channel that keeps one value: each send replaces the one before. A watcher that comes late gets the latest value.
 * @param value schema of a value that JSON holds.
 */
export function latest<Value extends JsonSchema>(value: Value & FitsAgain<Value>): LatestChannel<Value> {
  return { mode: 'latest', value };
}

/**
 * A channel that keeps a list: each send appends one item. A watcher that comes late gets the last `keep` items.
 * @param item schema of an item that JSON holds.
 * @param options.keep number of items that are kept, 1 to 1,000.
 */
export function list<Item extends JsonSchema>(
  item: Item & FitsAgain<Item>,
  { keep }: { keep: number },
): ListChannel<Item> {
  const channel: ListChannel<Item> = { mode: 'list', value: item, keep };
  const problem = channelProblem(channel);
  if (problem !== undefined) throw new Error(`list(): ${problem}`);
  return channel;
}

/** Reason why no event can be sent to a channel, which may be written without `latest` and `list`. */
export function channelProblem(channel: ChannelDefinition | undefined): string | undefined {
  if (channel?.mode === 'latest') return undefined;
  if (channel?.mode !== 'list') return 'make it by latest() or list()';
  const { keep } = channel;
  if (Number.isInteger(keep) && keep >= 1 && keep <= MOST_KEPT_ITEMS) return undefined;
  return `keep must be a whole number from 1 to ${MOST_KEPT_ITEMS}, not ${keep}`;
}
