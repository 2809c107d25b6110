/** The part of a schema that reading uses. Any zod schema has it. */
export interface ValueCheck {
  safeParse(value: unknown): { success: true; data: unknown } | { success: false };
}

/** The part of a definition that reading uses. Without schemas (see `taskKind`) the values are taken as sent. */
export interface ReadableKind {
  readonly kind: string;
  readonly output?: ValueCheck;
  readonly channels?: Readonly<Record<string, { readonly mode: 'latest' | 'list'; readonly value: ValueCheck }>>;
}

/** Checks a value. A check that itself fails, such as a `refine` that throws, refuses it: readers show the rest. */
export function checkValue(schema: ValueCheck, value: unknown): ReturnType<ValueCheck['safeParse']> {
  try {
    return schema.safeParse(value);
  } catch {
    return { success: false };
  }
}

/** Checks an output. @returns it in `output`, or in `unreadableOutput` if it does not fit; neither for undefined. */
export function readOutput({ output: schema }: ReadableKind, value: unknown): OutputReading {
  if (value === undefined) return {};
  if (schema === undefined) return { output: value };
  const check = checkValue(schema, value);
  return check.success ? { output: check.data } : { unreadableOutput: value };
}

/** An output that fits its kind, or one that does not. */
export interface OutputReading {
  output?: unknown;
  unreadableOutput?: unknown;
}

/** The channels of a state, and the names of those of which a value does not fit. */
export interface ChannelReading {
  channels: Record<string, unknown>;
  unreadableChannels?: string[];
}

/** Checks the channels of a state. Each list is present, empty before its first item. Values that do not fit are left out. */
export function readChannels(
  { channels: known }: ReadableKind,
  stored: Readonly<Record<string, unknown>>,
): ChannelReading {
  if (known === undefined) return { channels: { ...stored } };
  const channels: Record<string, unknown> = {};
  const unreadable: string[] = [];
  for (const [name, channel] of Object.entries(known)) {
    const { fitting, isWhole } = readChannel(channel, Object.hasOwn(stored, name) ? stored[name] : undefined);
    if (!isWhole) unreadable.push(name);
    if (channel.mode === 'list') channels[name] = fitting;
    else if (fitting.length > 0) channels[name] = fitting[0];
  }
  return unreadable.length === 0 ? { channels } : { channels, unreadableChannels: unreadable };
}

type ReadableChannel = NonNullable<ReadableKind['channels']>[string];

/** The values of a channel that fit its schema. */
interface FittingValues {
  fitting: readonly unknown[];
  /** Whether every value fits. */
  isWhole: boolean;
}

/**
 * The latest reading of each stored list or value. States are immutable and share the channels that an event leaves
 * alone: those are not checked again, and stay the same objects, which a page compares.
 */
const readings = new WeakMap<object, FittingValues & { channel: ReadableChannel }>();

/** The reading of a channel without a value. */
const EMPTY: FittingValues = { fitting: [], isWhole: true };

function readChannel(channel: ReadableChannel, stored: unknown): FittingValues {
  if (stored === undefined) return EMPTY;
  const isObject = typeof stored === 'object' && stored !== null;
  const known = isObject ? readings.get(stored) : undefined;
  if (known?.channel === channel) return known;
  const items: readonly unknown[] = channel.mode === 'list' && Array.isArray(stored) ? stored : [stored];
  const fitting = items.flatMap((item) => {
    const check = checkValue(channel.value, item);
    return check.success ? [check.data] : [];
  });
  const reading = { channel, fitting, isWhole: fitting.length === items.length };
  if (isObject) readings.set(stored, reading);
  return reading;
}
