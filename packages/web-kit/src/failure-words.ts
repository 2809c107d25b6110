import { TASK_ERROR_CODES, type TaskErrorCode, type TaskFailure } from '@taskwire/protocol';
import { sentence } from './sentence.ts';
import type { Remark } from './remark.ts';

/** What to do about failures that the platform itself writes. A handler's own messages say it themselves. */
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
};

/** A task's failure in words: what happened, what to do, and the code to name to others. */
export function failureRemark(failure: TaskFailure): Remark {
  const code = TASK_ERROR_CODES.find((each) => each === failure.code);
  const advice = code === undefined ? [] : [ADVICE[code]];
  return {
    tone: 'bad',
    title: 'This task failed',
    text: [sentence(failure.message), ...advice, `(${failure.code})`].join(' '),
  };
}
