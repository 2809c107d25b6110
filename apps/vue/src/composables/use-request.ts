import type { ServerConfig } from '@taskwire/client';
import { useTaskwire } from '@taskwire/vue';
import { onScopeDispose, shallowRef, type ShallowRef } from 'vue';

/** A request to the server that can be repeated. */
export interface Request<Answer> {
  /** The latest answer. It stays while a new request is pending. */
  data: Readonly<ShallowRef<Answer | undefined>>;
  error: Readonly<ShallowRef<unknown>>;
  isPending: Readonly<ShallowRef<boolean>>;
  /** Sends the request (again). Never rejects: an error is in `error`. */
  run: () => Promise<void>;
}

/** Sends a request on each `run`. Only the latest one counts; after the scope has ended, none does. */
export function useRequest<Answer>(send: () => Promise<Answer>): Request<Answer> {
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
    const result = await settle(send);
    if (mine !== latest) return;
    isPending.value = false;
    error.value = 'error' in result ? result.error : undefined;
    if ('answer' in result) data.value = result.answer;
  }

  return { data, error, isPending, run };
}

async function settle<Answer>(send: () => Promise<Answer>): Promise<{ answer: Answer } | { error: unknown }> {
  try {
    return { answer: await send() };
  } catch (error) {
    return { error };
  }
}

/** The server's settings: way of signing in, size and types of uploads. Sends the request at once. */
export function useServerConfig(): Request<ServerConfig> {
  const client = useTaskwire();
  const request = useRequest(() => client.config());
  void request.run();
  return request;
}
