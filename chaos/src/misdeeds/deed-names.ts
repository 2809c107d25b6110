/** Deeds that stop the event loop of the worker; the task itself is without fault and goes on. */
export const BLOCKS = ['block-15', 'block-40'] as const;

/** Deeds that end the worker's process. */
export const CRASHES = ['exit', 'exit-0', 'abort', 'kill', 'unhandled-rejection', 'uncaught-in-timer'] as const;

/** Deeds that give the worker a value that its types forbid, or throw one. */
export const HOSTILITIES = [
  'null-item',
  'number-item',
  'null-item-not-awaited',
  'surrogate-item',
  'long-item',
  'nan-progress',
  'infinite-progress',
  'negative-progress',
  'text-progress',
  'object-token',
  'surrogate-token',
  'nul-token',
  'unknown-level',
  'symbol-message',
  'proxy-message',
  'unknown-stage',
  'throws-frozen',
  'throws-null',
  'throws-symbol',
  'throws-proxy',
  'throws-getters',
  'throws-cycle',
  'bigint-output',
  'cyclic-output',
  'getter-output',
  'proxy-output',
  'no-output',
] as const;

const DEEDS = [...BLOCKS, ...CRASHES, ...HOSTILITIES] as const;
export type Deed = (typeof DEEDS)[number];
export type Hostility = (typeof HOSTILITIES)[number];
export type Crash = (typeof CRASHES)[number];
export type Block = (typeof BLOCKS)[number];

/** Numbers that no task counts to: from here on `failures.at` names a deed by its place in the list. */
const FIRST_CODE = 1_000_000;

/** Input that makes a task of the kind `demo.count` commit a deed, on its first `times` attempts. */
export function codeOf(deed: Deed, times: number): { at: number; times: number } {
  return { at: FIRST_CODE + DEEDS.indexOf(deed), times };
}

/** @returns undefined for failures that are none of the harness's. */
export function deedOf(at: number): Deed | undefined {
  return DEEDS[at - FIRST_CODE];
}

/** @throws Error if there is no such deed. */
export function deedNamed(name: string): Deed {
  const deed = DEEDS.find((each) => each === name);
  if (deed === undefined) throw new Error(`there is no deed "${name}"`);
  return deed;
}
