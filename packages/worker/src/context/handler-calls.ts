import { LOG_LEVELS, logLevelSchema, textProblem, type LogLevel } from '@taskwire/protocol';

/** Longest name of an item (UTF-16 units). */
const LONGEST_ITEM_NAME = 1_000;
/** Longest line of a log (UTF-16 units). */
const LONGEST_LOG_LINE = 65_536;
/** Longest text of one call of `token` (UTF-16 units). */
const LONGEST_TOKEN = 1_000_000;

/** Checks the arguments of `progress`. @throws TypeError naming the argument. */
export function progressArguments(current: unknown, total: unknown, itemName: unknown) {
  return {
    current: amount('progress: current', current),
    total: amount('progress: total', total),
    ...(itemName === undefined ? {} : { itemName: storable('progress: itemName', itemName, LONGEST_ITEM_NAME) }),
  };
}

/** Checks the arguments of `log`. @throws TypeError naming the argument. */
export function logArguments(level: unknown, message: unknown): { level: LogLevel; message: string } {
  const { data } = logLevelSchema.safeParse(level);
  if (data === undefined) {
    throw new TypeError(`log: level must be one of ${LOG_LEVELS.join(', ')}, not ${nameOf(level)}`);
  }
  return { level: data, message: storable('log: message', message, LONGEST_LOG_LINE) };
}

/** Checks the argument of `token`, except for lone surrogates (see `TokenText`). @throws TypeError naming the argument. */
export function tokenArgument(value: unknown): string {
  return text('token: text', value, LONGEST_TOKEN);
}

/** Checks the arguments of `stage`. @throws TypeError naming the argument. */
export function stageArguments(name: unknown, run: unknown, remembered: unknown): { name: string } {
  const checked = text('stage: name', name, LONGEST_ITEM_NAME);
  if (typeof run !== 'function') throw new TypeError(`stage: run must be a function, not ${nameOf(run)}`);
  if (typeof remembered !== 'object' || remembered === null) {
    throw new TypeError(`stage: the third argument must be an object, not ${nameOf(remembered)}`);
  }
  return { name: checked };
}

/** A text that can be stored. @throws TypeError naming the argument. */
export function storable(argument: string, value: unknown, longest: number): string {
  const checked = text(argument, value, longest);
  const problem = textProblem(checked);
  if (problem !== undefined) throw new TypeError(`${argument} ${problem}`);
  return checked;
}

function text(argument: string, value: unknown, longest: number): string {
  if (typeof value !== 'string') throw new TypeError(`${argument} must be a string, not ${nameOf(value)}`);
  if (value.length <= longest) return value;
  throw new TypeError(`${argument} must have at most ${longest.toLocaleString('en')} characters, not ${value.length}`);
}

function amount(argument: string, value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value) && value >= 0) return value;
  throw new TypeError(`${argument} must be a number from 0 on, not ${nameOf(value)}`);
}

/** Describes a value without its own methods, which may throw. */
function nameOf(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'number') return String(value);
  return typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

/**
 * A function whose promises need not be awaited: if a handler does not await a call, its failure must not end the process.
 * A handler that awaits the call still gets the failure.
 */
export function quietly<Parameters extends unknown[], Value = void>(
  call: (...parameters: Parameters) => Promise<Value>,
): (...parameters: Parameters) => Promise<Value> {
  return (...parameters) => {
    const promise = call(...parameters);
    promise.catch(() => undefined);
    return promise;
  };
}
