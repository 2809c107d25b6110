import type { TaskErrorCode, TaskFailure, TaskStatus } from '@taskwire/protocol';
import { formatDuration } from './format.ts';
import { sentence } from './sentence.ts';

/** A remark on a page: a title and a sentence. */
export interface Remark {
  tone: 'info' | 'good' | 'warn' | 'bad';
  title: string;
  text: string;
  /** Single findings below the sentence, each a sentence too. */
  items?: string[];
}

/** An attempt that ended for one of these reasons did nothing wrong itself. */
const INTERRUPTIONS: readonly string[] = ['WORKER_LOST', 'WORKER_STOPPED', 'EVENTS_LOST'] satisfies TaskErrorCode[];

/** What to say of attempts that came to no end; undefined while there was none. */
export function attemptRemark(state: {
  status: TaskStatus;
  attempt: number;
  error?: TaskFailure;
  retryDelayMs?: number;
}): Remark | undefined {
  if (state.status === 'retrying') {
    const { attempt, error, retryDelayMs } = state;
    const wait = retryDelayMs === undefined || retryDelayMs < 1_000 ? 'soon' : `in ${formatDuration(retryDelayMs)}`;
    const reason = error === undefined ? '' : `${sentence(error.message)} `;
    const end = INTERRUPTIONS.includes(error?.code ?? '') ? 'was interrupted' : 'failed';
    return { tone: 'warn', title: `Attempt ${attempt} ${end}`, text: `${reason}The next one starts ${wait}.` };
  }
  if (state.attempt > 1 && state.status === 'running') {
    return {
      tone: 'info',
      title: `Attempt ${state.attempt}`,
      text: 'An earlier attempt came to no end. Stages whose results are remembered are not run again.',
    };
  }
  return undefined;
}

/** What to say of events that can no longer be had. Their numbers say nothing to readers: where a log was lost, they leap. */
export function gapRemark(): Remark {
  return {
    tone: 'info',
    title: 'Some steps could not be recovered',
    text: 'What you see is the state after them, so nothing shown here is out of date.',
  };
}
