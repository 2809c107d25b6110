import type { FromThread, ThreadCall, ThreadOutcome, ThreadQuestion } from './messages.ts';
import { fromThreadFailure } from './thread-failure.ts';

/** Answers the main thread's questions about a call. */
export type Answerer = (question: ThreadQuestion) => Promise<unknown>;

interface Pending {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
  answer: Answerer | undefined;
}

/** The thread's end of the conversation: sends calls, and keeps the promises of their answers. */
export class Caller {
  readonly #post: (message: FromThread) => void;
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;

  constructor(post: (message: FromThread) => void) {
    this.#post = post;
  }

  /** Sends a call at once. @returns its answer. @param answer answers questions about the call. */
  call(call: ThreadCall, answer?: Answerer): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      // If the call cannot leave the thread, this throws, and the promise rejects.
      this.#post({ type: 'call', id, call });
      this.#pending.set(id, { resolve, reject, answer });
    });
  }

  answered(id: number, outcome: ThreadOutcome): void {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    if ('failure' in outcome) pending?.reject(fromThreadFailure(outcome.failure));
    else pending?.resolve(outcome.value);
  }

  /** The answerer of a call that has not been answered. */
  answererOf(id: number): Answerer | undefined {
    return this.#pending.get(id)?.answer;
  }
}
