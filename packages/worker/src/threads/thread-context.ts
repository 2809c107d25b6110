import { basename, dirname } from 'node:path';
import { uploadIdSchema, type StageDefinition } from '@taskwire/tasks';
import { FolderStorage } from '@taskwire/uploads';
import { logArguments, progressArguments, stageArguments, quietly } from '../context/handler-calls.ts';
import type {
  AnyStageCode,
  Channel,
  RememberedStage,
  SendOptions,
  StageContext,
  UntypedContext,
} from '../context/task-context.ts';
import { TokenText } from '../context/token-text.ts';
import { openedUpload } from '../uploads/opened-upload.ts';
import { uploadUndeclared } from '../uploads/uploads.ts';
import type { Caller } from './caller.ts';
import { localUploadSchema, type ThreadQuestion, type ThreadTask } from './messages.ts';

/** A task that runs in this thread. */
export interface TaskOfThread extends Omit<ThreadTask, 'input'> {
  /** The stages of its kind. */
  stages: readonly StageDefinition[];
}

/**
 * Makes the context of a handler in a thread. Its calls go to the context in the main thread. The result of a stage goes
 * there only if it is stored: any other stays as it is, a file handle or an object with methods included.
 */
export function createThreadContext(
  { taskId, ownerId, attempt, stages }: TaskOfThread,
  caller: Caller,
  signal: AbortSignal,
): UntypedContext {
  const stage = quietly(async (name: string, run: AnyStageCode, remembered: RememberedStage<unknown> = {}) => {
    signal.throwIfAborted();
    stageArguments(name, run, remembered);
    const isStored = stages.find((each) => each.name === name)?.result !== undefined;
    let failure: { error: unknown } | undefined;
    let kept: { result: unknown } | undefined;
    const answer = async (question: ThreadQuestion) => {
      if (question.ask === 'usable') return (await remembered.usable?.(question.result)) ?? true;
      try {
        const result = await run(createThreadStage(name, caller, signal));
        if (isStored) return result;
        kept = { result };
        return undefined;
      } catch (error) {
        failure = { error };
        throw error;
      }
    };
    const answered = await caller.call({ method: 'stage', stage: name }, answer).catch((error: unknown) => {
      // The error that was thrown here, rather than the copy that came back from the main thread.
      throw failure === undefined ? error : failure.error;
    });
    return kept === undefined ? answered : kept.result;
  });

  const log = quietly<Parameters<UntypedContext['log']>>(async (level, message) => {
    signal.throwIfAborted();
    await caller.call({ method: 'log', ...logArguments(level, message) });
  });
  const channel = (name: string) => createThreadChannel(name, caller, signal);
  const openUpload: UntypedContext['openUpload'] = async (uploadId) => {
    signal.throwIfAborted();
    if (!uploadIdSchema.safeParse(uploadId).success) throw uploadUndeclared();
    const { path, ...facts } = localUploadSchema.parse(await caller.call({ method: 'openUpload', uploadId }));
    const folder = new FolderStorage({ directory: dirname(path) });
    return openedUpload(facts, { read: () => folder.read(basename(path)), localPath: async () => path });
  };
  return { taskId, ownerId, attempt, signal, log, channel, openUpload, stage };
}

function createThreadChannel(name: string, caller: Caller, signal: AbortSignal): Channel {
  return {
    send: quietly(async (value: unknown, { index }: SendOptions = {}) => {
      signal.throwIfAborted();
      const call = { method: 'channel', channel: name, value, ...(index === undefined ? {} : { index }) } as const;
      await caller.call(call).catch((error: unknown) => {
        throw isNotCloneable(error)
          ? new TypeError(`channel "${name}": the value cannot be stored: ${error.message}`)
          : error;
      });
    }),
  };
}

/** Whether a value could not leave the thread: it is or holds a function, say. */
function isNotCloneable(error: unknown): error is DOMException {
  return error instanceof DOMException && error.name === 'DataCloneError';
}

function createThreadStage(stage: string, caller: Caller, signal: AbortSignal): StageContext {
  const written = new TokenText();
  return {
    signal,
    progress: quietly(async (current, total, itemName) => {
      signal.throwIfAborted();
      await caller.call({ method: 'progress', stage, ...progressArguments(current, total, itemName) });
    }),
    token: quietly(async (text) => {
      signal.throwIfAborted();
      const token = written.add(text);
      if (token !== undefined) await caller.call({ method: 'token', stage, text: token.text });
    }),
    log: quietly(async (level, message) => {
      signal.throwIfAborted();
      await caller.call({ method: 'log', stage, ...logArguments(level, message) });
    }),
  };
}
