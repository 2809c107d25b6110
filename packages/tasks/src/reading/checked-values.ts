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

/** Checks an output. @returns it in `output`, or in `unreadableOutput` if it does not fit; neither for undefined. */
export function readOutput({ output: schema }: ReadableKind, value: unknown): OutputReading {
  if (value === undefined) return {};
  if (schema === undefined) return { output: value };
  const check = schema.safeParse(value);
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
  for (const [name, { mode, value }] of Object.entries(known)) {
    const given = Object.hasOwn(stored, name) ? stored[name] : undefined;
    const items = mode === 'list' ? itemsOf(given) : given === undefined ? [] : [given];
    const fitting = items.flatMap((item) => {
      const check = value.safeParse(item);
      return check.success ? [check.data] : [];
    });
    if (fitting.length < items.length) unreadable.push(name);
    if (mode === 'list') channels[name] = fitting;
    else if (fitting.length > 0) channels[name] = fitting[0];
  }
  return unreadable.length === 0 ? { channels } : { channels, unreadableChannels: unreadable };
}

function itemsOf(stored: unknown): readonly unknown[] {
  if (stored === undefined) return [];
  const items: readonly unknown[] = Array.isArray(stored) ? stored : [stored];
  return items;
}
