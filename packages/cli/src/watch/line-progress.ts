import type { Output } from '../output/output.ts';
import { messageWords } from './message-words.ts';
import type { TaskProgress } from './task-progress.ts';

/** One line for each message: JSON with --json, words otherwise. */
export function createLineProgress(output: Output): TaskProgress {
  return {
    show: (message) => output.result(message, messageWords(message)),
    remark: (words) => output.remark(words),
    close: () => undefined,
  };
}
