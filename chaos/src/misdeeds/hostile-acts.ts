import type { Hostility } from './deed-names.ts';

/** Part of a stage's context that a deed uses, without the types that would forbid the deed. */
export interface ActingStage {
  progress(current: unknown, total: unknown, itemName?: unknown): Promise<void>;
  token(text: unknown): Promise<void>;
  log(level: unknown, message: unknown): Promise<void>;
}

/** Commits a hostility. @returns what the handler gives as its output, if not the usual one. */
type Act = (stage: ActingStage) => Promise<{ output: unknown } | undefined>;

/** Halves of pairs: no text that UTF-8 can hold. */
const SURROGATES = 'high \ud83d and low \ude00 alone';
const LONG = 2_000_000;

class Refusal extends Error {
  override readonly name = 'Refusal';
}

function refuse(): never {
  throw new Refusal('this value does not let itself be looked at');
}

/** Throws whatever is done with it. */
function touchless(): object {
  return new Proxy(
    {},
    { get: refuse, has: refuse, ownKeys: refuse, getPrototypeOf: refuse, getOwnPropertyDescriptor: refuse },
  );
}

function cycle(): Record<string, unknown> {
  const one: Record<string, unknown> = { counted: 1 };
  one['itself'] = one;
  return one;
}

function getters(base: object): object {
  for (const name of ['counted', 'message', 'stack', 'name', 'code', 'cause', 'toJSON']) {
    Object.defineProperty(base, name, { get: refuse, enumerable: true });
  }
  return base;
}

const calls =
  (call: (stage: ActingStage) => Promise<void>): Act =>
  async (stage) => {
    await call(stage);
    return undefined;
  };

const throws = (make: () => unknown): Act => {
  return () =>
    new Promise(() => {
      // The deed throws values that are no Error.
      throw make();
    });
};

const gives =
  (make: () => unknown): Act =>
  () =>
    Promise.resolve({ output: make() });

export const HOSTILE_ACTS: Readonly<Record<Hostility, Act>> = {
  'null-item': calls((stage) => stage.progress(1, 2, null)),
  'number-item': calls((stage) => stage.progress(1, 2, 7)),
  'null-item-not-awaited': calls((stage) => {
    void stage.progress(1, 2, null);
    return Promise.resolve();
  }),
  'surrogate-item': calls((stage) => stage.progress(1, 2, SURROGATES)),
  'long-item': calls((stage) => stage.progress(1, 2, 'x'.repeat(LONG))),
  'nan-progress': calls((stage) => stage.progress(Number.NaN, 2)),
  'infinite-progress': calls((stage) => stage.progress(1, Number.POSITIVE_INFINITY)),
  'negative-progress': calls((stage) => stage.progress(-1, 2)),
  'text-progress': calls((stage) => stage.progress('1', '2')),
  'object-token': calls((stage) => stage.token({ text: 'x', length: 1 })),
  'surrogate-token': calls((stage) => stage.token(SURROGATES)),
  'nul-token': calls((stage) => stage.token('before\0after')),
  'unknown-level': calls((stage) => stage.log('shout', 'x')),
  'symbol-message': calls((stage) => stage.log('info', Symbol('x'))),
  'proxy-message': calls((stage) => stage.log('info', touchless())),
  'unknown-stage': throws(() => new Error('taken by the handler, which runs a stage that there is not')),
  'throws-frozen': throws(() => Object.freeze(new Error('frozen'))),
  'throws-null': throws(() => null),
  'throws-symbol': throws(() => Symbol('thrown')),
  'throws-proxy': throws(touchless),
  'throws-getters': throws(() => getters(new Error('its fields throw'))),
  'throws-cycle': throws(() => Object.assign(new Error('a cause that is itself'), cycle())),
  'bigint-output': gives(() => ({ counted: 1n })),
  'cyclic-output': gives(cycle),
  'getter-output': gives(() => getters({})),
  'proxy-output': gives(touchless),
  'no-output': gives(() => null),
};
