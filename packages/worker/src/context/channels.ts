import { listLength, type TaskState } from '@taskwire/protocol';
import type { ChannelDefinition, ChannelDefinitions, LatestChannel, ListChannel } from '@taskwire/tasks';
import { encodeChannelValue } from './encode-value.ts';
import { quietly } from './handler-calls.ts';
import type { Journal } from './journal.ts';
import type { Channel, SendOptions } from './task-context.ts';

/** The part of a definition that its channels need. */
export interface ChannelPlan {
  readonly kind: string;
  readonly channels: ChannelDefinitions;
}

/** Dependencies of an attempt's channels. `state` is the task's state right after the attempt's claim. */
export interface ChannelDependencies {
  signal: AbortSignal;
  journal: Journal;
  state: TaskState;
}

/** Makes the channels of an attempt. */
export function createChannels(plan: ChannelPlan, dependencies: ChannelDependencies): (name: string) => Channel {
  const writer = new ChannelWriter(dependencies);
  return (name) => ({
    send: quietly(async (value: unknown, options: SendOptions = {}) => {
      dependencies.signal.throwIfAborted();
      const channel = definitionOf(plan, name);
      if (channel.mode === 'list') await writer.append(name, channel, { value, index: options.index });
      else await writer.replace(name, channel, { value, index: options.index });
    }),
  });
}

function definitionOf({ kind, channels }: ChannelPlan, name: string): ChannelDefinition {
  const channel = Object.hasOwn(channels, name) ? channels[name] : undefined;
  if (channel !== undefined) return channel;
  const names = Object.keys(channels).join(', ') || 'no channel';
  throw new TypeError(
    `channel "${name}": task kind ${kind} has ${names}; add the channel to \`channels\` of its definition`,
  );
}

/** A call of `send`. */
interface SentValue {
  value: unknown;
  index: unknown;
}

/** Writes the values of an attempt's channels. */
class ChannelWriter {
  readonly #journal: Journal;
  readonly #state: TaskState;
  /** The `latest` channels whose first value of the attempt has been written. */
  readonly #begun = new Set<string>();
  /** By list: its length after the items of this attempt. */
  readonly #lengths = new Map<string, number>();

  constructor({ journal, state }: ChannelDependencies) {
    this.#journal = journal;
    this.#state = state;
  }

  async replace(name: string, channel: LatestChannel, sent: SentValue): Promise<void> {
    if (sent.index !== undefined) {
      throw new TypeError(`channel "${name}": only a list has an index; leave it out, or define the channel by list()`);
    }
    const draft = { type: 'data', channel: name, value: encodeChannelValue(name, channel, sent.value) } as const;
    if (this.#begun.has(name)) return this.#journal.writeReplaceable(draft);
    this.#begun.add(name);
    await this.#journal.write(draft);
  }

  async append(name: string, channel: ListChannel, sent: SentValue): Promise<void> {
    const length = this.#lengths.get(name) ?? listLength(this.#state, name);
    const index = indexIn(name, length, sent.index ?? length);
    const values = [encodeChannelValue(name, channel, sent.value)];
    this.#lengths.set(name, index + 1);
    await this.#journal.writeMergeable({ type: 'data', channel: name, keep: channel.keep, index, values });
  }
}

function indexIn(name: string, length: number, index: unknown): number {
  if (typeof index === 'number' && Number.isInteger(index) && index >= 0 && index <= length) return index;
  const given = typeof index === 'number' ? String(index) : `a ${typeof index}`;
  throw new TypeError(`channel "${name}": index must be a whole number from 0 to ${length}, its length, not ${given}`);
}
