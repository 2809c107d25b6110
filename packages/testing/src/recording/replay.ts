import type { TaskEventDraft } from '@taskwire/protocol';
import { draftOf, type Recording } from './recording.ts';

/** Settings of a replay. */
export interface ReplayOptions {
  /** 1: as fast as it was; 10: ten times as fast; Infinity (if absent): at once. */
  speed?: number;
  /** Ends the replay. */
  signal?: AbortSignal;
}

/** Writes the events of a recording at its pace. It ends early, without an error, when the signal aborts. */
export async function replayEvents(
  { events }: Recording,
  { speed = Infinity, signal }: ReplayOptions,
  write: (draft: TaskEventDraft) => void,
): Promise<void> {
  if (!(speed > 0)) throw new RangeError(`speed must be above 0, not ${speed}`);
  for (const { afterMs, event } of events) {
    if (afterMs / speed > 0) await pause(afterMs / speed, signal);
    if (signal?.aborted === true) return;
    const draft = draftOf(event);
    if (draft !== undefined) write(draft);
  }
}

/** Waits; an abort ends the wait. */
function pause(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal?.addEventListener('abort', end, { once: true });
    if (signal?.aborted === true) end();
  });
}
