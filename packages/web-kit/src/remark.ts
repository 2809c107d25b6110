import type { Gap, TaskStatus } from '@taskwire/protocol';
import { formatDuration } from './format.ts';
import { sentence } from './sentence.ts';

/** A remark on a task's page: a title and a sentence. */
export interface Remark {
  tone: 'info' | 'good' | 'warn' | 'bad';
  title: string;
  text: string;
}

/** What to say of attempts that failed; undefined while there was none. */
export function attemptRemark(state: {
  status: TaskStatus;
  attempt: number;
  error?: { message: string };
  retryDelayMs?: number;
}): Remark | undefined {
  if (state.status === 'retrying') {
    const wait = state.retryDelayMs === undefined ? 'soon' : `in ${formatDuration(state.retryDelayMs)}`;
    const reason = state.error === undefined ? '' : `${sentence(state.error.message)} `;
    return { tone: 'warn', title: `Attempt ${state.attempt} failed`, text: `${reason}The next one starts ${wait}.` };
  }
  if (state.attempt > 1 && state.status === 'running') {
    return {
      tone: 'info',
      title: `Attempt ${state.attempt}`,
      text: 'An earlier attempt failed. Finished stages are kept.',
    };
  }
  return undefined;
}

/** What to say of events that can no longer be had. */
export function gapRemark(gap: Gap): Remark {
  const events = gap.from === gap.to ? `Event ${gap.from} is` : `Events ${gap.from} to ${gap.to} are`;
  return {
    tone: 'info',
    title: `${events} no longer available`,
    text: 'What you see is the state after them, so nothing shown here is out of date.',
  };
}
