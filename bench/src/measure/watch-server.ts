import { setTimeout as delay } from 'node:timers/promises';
import { residentKib } from './usage.ts';

const LOOK_EVERY_MS = 100;
/** A probe that is not answered within this long (ms) counts as that long. */
const PROBE_TIMEOUT_MS = 30_000;

export interface ServerSigns {
  /** The most memory (MiB) that was resident at a time. */
  peakMib: number;
  /** Answer time (ms) of `GET /healthz`. */
  healthP50Ms: number;
  healthMaxMs: number;
}

/** Looks at a server's memory and at how fast it says that it lives, until the returned function is called. */
export function watchServer(url: string, processIds: readonly number[]): () => Promise<ServerSigns> {
  const ended = new AbortController();
  const looking = look(url, processIds, ended.signal);
  // It is looked at when it is ended.
  looking.catch(() => undefined);
  return () => {
    ended.abort();
    return looking;
  };
}

async function look(url: string, processIds: readonly number[], signal: AbortSignal): Promise<ServerSigns> {
  const answeredAfter: number[] = [];
  let peakKib = 0;
  while (!signal.aborted) {
    const begunAt = performance.now();
    const answered = fetch(`${url}/healthz`, { signal: AbortSignal.timeout(PROBE_TIMEOUT_MS) });
    // Memory is looked at while the server thinks, too.
    peakKib = Math.max(peakKib, residentKib(processIds));
    await answered.then((response) => response.text()).catch(() => undefined);
    answeredAfter.push(performance.now() - begunAt);
    peakKib = Math.max(peakKib, residentKib(processIds));
    await delay(LOOK_EVERY_MS, undefined, { signal }).catch(() => undefined);
  }
  answeredAfter.sort((one, other) => one - other);
  return {
    peakMib: peakKib / 1_024,
    healthP50Ms: answeredAfter[Math.floor(answeredAfter.length / 2)] ?? 0,
    healthMaxMs: answeredAfter.at(-1) ?? 0,
  };
}
