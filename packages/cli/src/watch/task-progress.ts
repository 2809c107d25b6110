import { receive, type TaskSnapshot } from '@taskwire/protocol';
import type { TaskMessage } from '@taskwire/client';

/** What is shown of a watched task; one for terminals, one for everything else. */
export interface TaskProgress {
  show(message: TaskMessage): void;
  /** Says something beside the messages, where it does not disturb them. */
  remark(words: string): void;
  /** Must be called: gives the terminal back as it was. */
  close(): void;
}

/** Folds messages for a display. Undefined until the first snapshot. */
export function createFold(): (message: TaskMessage) => TaskSnapshot | undefined {
  let known: TaskSnapshot | undefined;
  return (message) => {
    if (known !== undefined || message.type === 'snapshot') known = receive(known, message);
    return known;
  };
}
