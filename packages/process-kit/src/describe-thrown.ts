import { types } from 'node:util';

/** Longest message (UTF-16 units). */
const MESSAGE_LENGTH = 2_000;
/** Longest stack (UTF-16 units). */
const STACK_LENGTH = 8_000;
/** Most causes that are followed. */
const CAUSES = 3;

/** Description of a thrown value in plain text: fit for a log, whatever the value was. */
export interface ThrownFacts {
  /** The name of the error's class, or of the value's type. */
  type: string;
  message: string;
  code?: string;
  stack?: string;
  cause?: ThrownFacts;
}

/** Descriptions made here: `describeThrown` returns them unchanged. */
const made = new WeakSet<object>();

/**
 * Describes a thrown value, which can be anything: a frozen error, nothing, a Proxy, a getter that throws, ten megabytes.
 * Reads each property once, changes nothing, and never throws.
 */
export function describeThrown(thrown: unknown): ThrownFacts {
  if (isFacts(thrown)) return thrown;
  const facts = describe(thrown, CAUSES);
  made.add(facts);
  return facts;
}

function isFacts(thrown: unknown): thrown is ThrownFacts {
  return typeof thrown === 'object' && thrown !== null && made.has(thrown);
}

function describe(thrown: unknown, causes: number): ThrownFacts {
  if (types.isProxy(thrown)) return { type: 'Proxy', message: 'a Proxy was thrown' };
  if (typeof thrown !== 'object' || thrown === null) return { type: typeOf(thrown), message: messageOf(thrown) };
  return {
    type: boundedText(textAt(thrown, 'name') ?? 'object', 100),
    message: boundedText(
      textAt(thrown, 'message') ?? 'something that says nothing of itself was thrown',
      MESSAGE_LENGTH,
    ),
    ...detailsOf(thrown),
    ...causeOf(thrown, causes),
  };
}

function detailsOf(thrown: object): Pick<ThrownFacts, 'code' | 'stack'> {
  const [code, stack] = [textAt(thrown, 'code'), textAt(thrown, 'stack')];
  return {
    ...(code === undefined ? {} : { code: boundedText(code, 100) }),
    ...(stack === undefined ? {} : { stack: boundedText(stack, STACK_LENGTH) }),
  };
}

function causeOf(thrown: object, causes: number): Pick<ThrownFacts, 'cause'> {
  const cause = causes > 0 ? valueAt(thrown, 'cause') : undefined;
  return cause === undefined || cause === thrown ? {} : { cause: describe(cause, causes - 1) };
}

function typeOf(thrown: unknown): string {
  return thrown === null ? 'null' : typeof thrown;
}

function messageOf(thrown: unknown): string {
  const text = typeof thrown === 'function' ? 'a function was thrown' : String(thrown);
  return boundedText(text, MESSAGE_LENGTH);
}

function textAt(object: object, name: string): string | undefined {
  const value = valueAt(object, name);
  return typeof value === 'string' ? value : undefined;
}

function valueAt(object: object, name: string): unknown {
  try {
    return Reflect.get(object, name);
  } catch {
    return undefined;
  }
}

/** The text, cut to at most `length` UTF-16 units. The last unit of a cut text is `…`. Splits no character. */
export function boundedText(text: string, length: number): string {
  if (text.length <= length) return text;
  const end = length - 1;
  const isPair = /[\ud800-\udbff]/.test(text.charAt(end - 1));
  return `${text.slice(0, isPair ? end - 1 : end)}…`;
}
