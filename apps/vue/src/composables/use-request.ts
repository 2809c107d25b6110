import { onScopeDispose, shallowRef, type ShallowRef } from 'vue';

/** A question to the server, and how it stands. */
export interface Request<Answer> {
  /** The latest answer; it stays while the question is asked again. */
  data: Readonly<ShallowRef<Answer | undefined>>;
  error: Readonly<ShallowRef<unknown>>;
  isPending: Readonly<ShallowRef<boolean>>;
  /** Asks (again). Never throws: what went wrong is in `error`. */
  run: () => Promise<void>;
}

/** Asks the server when told to. An answer to a former question, or one that comes too late, is dropped. */
export function useRequest<Answer>(ask: () => Promise<Answer>): Request<Answer> {
  const data = shallowRef<Answer>();
  const error = shallowRef<unknown>();
  const isPending = shallowRef(false);
  let latest = 0;
  onScopeDispose(() => {
    latest = Infinity;
  });

  async function run(): Promise<void> {
    latest += 1;
    const mine = latest;
    isPending.value = true;
    const result = await settle(ask);
    if (mine !== latest) return;
    isPending.value = false;
    error.value = 'error' in result ? result.error : undefined;
    if ('answer' in result) data.value = result.answer;
  }

  return { data, error, isPending, run };
}

async function settle<Answer>(ask: () => Promise<Answer>): Promise<{ answer: Answer } | { error: unknown }> {
  try {
    return { answer: await ask() };
  } catch (error) {
    return { error };
  }
}
