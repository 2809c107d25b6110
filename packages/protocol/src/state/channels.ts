import type { DataEvent, LatestDataEvent, ListDataEvent } from '../events/data-event.ts';
import type { TaskState } from './state.ts';

/** The kept values of a list: those before `end` in the whole list. */
interface KeptValues {
  values: readonly unknown[];
  /** Length of the whole list. */
  end: number;
}

/** Length of the whole list of a channel; 0 if the state has none, or a version with the channel as `latest` wrote it. */
export function listLength(state: TaskState, channel: string): number {
  return keptValues(state, channel).end;
}

/**
 * The channels' part of the reducer. An event determines the form of its channel: a later version may make a `latest`
 * channel a `list`, or the reverse.
 */
export function channelReceived(state: TaskState, event: DataEvent): TaskState {
  return 'values' in event ? listReceived(state, event) : latestReceived(state, event);
}

function latestReceived(state: TaskState, { channel, value }: LatestDataEvent): TaskState {
  const { channelCounts = {}, unreadableChannels = [], ...rest } = state;
  const { [channel]: _count, ...counts } = channelCounts;
  const unreadable = unreadableChannels.filter((name) => name !== channel);
  return {
    ...rest,
    channels: { ...state.channels, [channel]: value },
    ...(Object.keys(counts).length === 0 ? {} : { channelCounts: counts }),
    ...(unreadable.length === 0 ? {} : { unreadableChannels: unreadable }),
  };
}

/**
 * Replaces the values from `index` on, and keeps the last `keep`. The index makes an event idempotent: an attempt that
 * sends the values again replaces the earlier ones. If `index` is before the kept values, or after the list's end, the
 * values before it are not known: the kept values then begin at `index`.
 */
function listReceived(state: TaskState, event: ListDataEvent): TaskState {
  const { channel, keep, index, values } = event;
  const before = keptValues(state, channel);
  const begin = before.end - before.values.length;
  const isKnown = index >= begin && index <= before.end;
  const kept = isKnown ? before.values.slice(0, index - begin) : [];
  return {
    ...state,
    channels: { ...state.channels, [channel]: [...kept, ...values].slice(-keep) },
    channelCounts: { ...state.channelCounts, [channel]: index + values.length },
  };
}

function keptValues({ channels, channelCounts }: TaskState, channel: string): KeptValues {
  const end = ownValue(channelCounts, channel) ?? 0;
  const value = ownValue(channels, channel);
  const values: readonly unknown[] = Array.isArray(value) ? value : [];
  // A stored state of which a part could not be read may have one without the other.
  return { values: values.length > end ? [] : values, end };
}

/** The value of a key; undefined for a key that only the prototype has, such as `constructor`. */
function ownValue<Value>(record: Readonly<Record<string, Value>> | undefined, key: string): Value | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}
