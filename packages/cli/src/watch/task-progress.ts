import { receive, type TaskSnapshot } from '@taskwire/protocol';
import type { TaskMessage } from '@taskwire/client';
import type { Output } from '../output/output.ts';
import { messageWords } from './message-words.ts';

/** A display of a watched task: bars on a terminal, lines elsewhere. */
export interface TaskProgress {
  show(message: TaskMessage): void;
  /** Writes a remark apart from the messages. */
  remark(words: string): void;
  /** Restores the terminal. Always call it. */
  close(): void;
}

/** Folds messages into the snapshot that a display shows; undefined until the first snapshot. */
export function createFold(): (message: TaskMessage) => TaskSnapshot | undefined {
  let known: TaskSnapshot | undefined;
  return (message) => {
    if (known !== undefined || message.type === 'snapshot') known = receive(known, message);
    return known;
  };
}

/** A display of one line for each message: JSON with --json, words otherwise. */
export function createLineProgress(output: Output): TaskProgress {
  return {
    show: (message) => output.result(message, messageWords(message)),
    remark: (words) => output.remark(words),
    close: () => undefined,
  };
}
