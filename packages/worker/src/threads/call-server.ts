import { fieldErrorText, fieldErrors } from '@taskwire/protocol';
import type { SendOptions, StageContext, UntypedContext } from '../context/task-context.ts';
import type { OpenedUpload } from '../uploads/opened-upload.ts';
import {
  callSchema,
  type FromThread,
  type LocalUpload,
  type ThreadCall,
  type ThreadOutcome,
  type ThreadQuestion,
  type ToThread,
} from './messages.ts';
import { fromThreadFailure, toThreadFailure } from './thread-failure.ts';

/** The part of a task's context that a thread calls. */
export type ServedContext = Pick<UntypedContext, 'log' | 'channel' | 'openUpload' | 'stage'>;

interface Question {
  resolve: (value: unknown) => void;
  reject: (error: Error) => void;
}

/** Serves the calls of a handler in a thread: passes each to the task's context, and answers once it is done. */
export class CallServer {
  readonly #context: ServedContext;
  readonly #post: (message: ToThread) => void;
  /** The running stages, by name. */
  readonly #stages = new Map<string, StageContext>();
  /** Unanswered questions to the thread, by the id of the stage's call. */
  readonly #questions = new Map<number, Question>();

  constructor(context: ServedContext, post: (message: ToThread) => void) {
    this.#context = context;
    this.#post = post;
  }

  /** Takes a message of the thread. Calls take effect in the order of their messages. */
  take(message: Exclude<FromThread, { type: 'end' }>): void {
    const { id } = message;
    if (message.type === 'answer') return this.#answered(id, message.outcome);
    this.#serve(id, message.call).then(
      (value) => this.#post({ type: 'answer', id, outcome: { value } }),
      (error: unknown) => this.#post({ type: 'answer', id, outcome: { failure: toThreadFailure(error) } }),
    );
  }

  /** Rejects all unanswered questions: the thread has ended. */
  end(): void {
    for (const { reject } of this.#questions.values()) reject(new Error('the thread of the task has ended'));
    this.#questions.clear();
  }

  async #serve(id: number, given: unknown): Promise<unknown> {
    const call = callOf(given);
    switch (call.method) {
      case 'stage':
        return this.#stage(id, call.stage);
      case 'progress':
        return this.#running(call.stage).progress(call.current, call.total, call.itemName);
      case 'channel':
        return this.#context.channel(call.channel).send(call.value, optionsOf(call));
      case 'openUpload':
        return localFileOf(await this.#context.openUpload(call.uploadId));
      case 'token':
        return this.#running(call.stage).token(call.text);
      case 'log': {
        const { stage, level, message } = call;
        return stage === undefined ? this.#context.log(level, message) : this.#running(stage).log(level, message);
      }
      default:
        return call satisfies never;
    }
  }

  async #stage(id: number, name: string): Promise<unknown> {
    const run = (stage: StageContext) => {
      this.#stages.set(name, stage);
      return this.#ask(id, { ask: 'run' });
    };
    const usable = async (result: unknown) => (await this.#ask(id, { ask: 'usable', result })) === true;
    try {
      return await this.#context.stage(name, run, { usable });
    } finally {
      this.#stages.delete(name);
    }
  }

  #running(stage: string): StageContext {
    const context = this.#stages.get(stage);
    if (context === undefined) throw new Error(`the stage "${stage}" is not running`);
    return context;
  }

  #ask(id: number, question: ThreadQuestion): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#questions.set(id, { resolve, reject });
      this.#post({ type: 'question', id, question });
    });
  }

  #answered(id: number, outcome: ThreadOutcome): void {
    const question = this.#questions.get(id);
    this.#questions.delete(id);
    if ('failure' in outcome) question?.reject(fromThreadFailure(outcome.failure));
    else question?.resolve(outcome.value);
  }
}

/** @throws TypeError naming each argument that is not accepted. */
function callOf(given: unknown): ThreadCall {
  const { data, error } = callSchema.safeParse(given);
  if (error !== undefined) throw new TypeError(fieldErrorText(fieldErrors(error, { root: 'call' })));
  return data;
}

function optionsOf({ index }: SendOptions): SendOptions {
  return index === undefined ? {} : { index };
}

/** The thread reads a file of this machine. */
async function localFileOf(upload: OpenedUpload): Promise<LocalUpload> {
  const { uploadId, fileName, mediaType, sizeBytes, contentHash } = upload;
  const facts = { uploadId, fileName, mediaType, sizeBytes, path: await upload.path() };
  return contentHash === undefined ? facts : { ...facts, contentHash };
}
