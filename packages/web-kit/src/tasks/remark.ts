import { TASK_ERROR_CODES, type TaskErrorCode, type TaskFailure, type TaskStatus } from '@taskwire/protocol';
import { formatDuration, sentence } from '@taskwire/tasks';

/** A remark on a page: a title and a sentence. */
export interface Remark {
  tone: 'info' | 'good' | 'warn' | 'bad';
  title: string;
  text: string;
  /** Single findings below the sentence, each a sentence too. */
  items?: string[];
}

/** Advice by code of the platform's own failures. The message of a handler contains its advice. */
const ADVICE: Record<TaskErrorCode, string> = {
  HANDLER_FAILED: 'Try again. If it fails again, tell whoever runs this server.',
  INPUT_INVALID: 'Start it again with a corrected input.',
  OUTPUT_INVALID: 'This is a fault of the server: tell whoever runs it.',
  TIMEOUT: 'Try again with less, or ask whoever runs this server for more time.',
  KIND_UNKNOWN: 'No worker knows this kind of task: tell whoever runs this server.',
  WORKER_LOST: 'Run it again. If it ends like this again, tell whoever runs this server.',
  WORKER_STOPPED: 'Run it again.',
  EVENTS_LOST: 'Run it again.',
  END_UNREADABLE: 'A later version may be able to show it: reload the page, or tell whoever runs this server.',
  UPLOADS_UNAVAILABLE: 'Run it again. If it ends like this again, tell whoever runs this server.',
};

/** A task's failure: message, advice and code. */
export function failureRemark(failure: TaskFailure): Remark {
  const code = TASK_ERROR_CODES.find((each) => each === failure.code);
  const advice = code === undefined ? [] : [ADVICE[code]];
  return {
    tone: 'bad',
    title: 'This task failed',
    text: [sentence(failure.message), ...advice, `(${failure.code})`].join(' '),
  };
}

/** Codes of attempts that ended for a reason outside of the handler. */
const INTERRUPTIONS: readonly string[] = [
  'WORKER_LOST',
  'WORKER_STOPPED',
  'EVENTS_LOST',
  'UPLOADS_UNAVAILABLE',
] satisfies TaskErrorCode[];

/** A remark on unfinished attempts; undefined if there was none. */
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

/** A remark on events that were lost. It leaves out their numbers: these jump where a log was lost. */
export function gapRemark(): Remark {
  return {
    tone: 'info',
    title: 'Some steps could not be recovered',
    text: 'What you see is the state after them, so nothing shown here is out of date.',
  };
}
