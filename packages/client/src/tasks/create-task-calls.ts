import { readMessage } from '@taskwire/protocol';
import type { TaskSelection } from '@taskwire/tasks';
import { explained, explainedEach } from '../errors/explained.ts';
import { readPage, readSentPoll, readSentTask, type Page } from '../transport/answers.ts';
import type { Procedures } from '../transport/procedures.ts';
import { readHistory, type HistoryOptions } from '../watching/task-history.ts';
import { unknownState } from '../watching/task-stream.ts';
import { unreadableMessage } from '../watching/watched-stream.ts';
import { createTask } from './create-task.ts';
import { readSelectedMessage, readSelectedTask } from './read-selected.ts';
import type { SelectedEvent, SelectedTask } from './selected-types.ts';
import { isList } from './selection.ts';
import { selectionOf } from './type-assertions.ts';
import type { ListOptions, PollAnswer, PollOptions, TaskCalls } from './task-calls.ts';

/** The calls for tasks over a server's procedures. */
export function createTaskCalls(procedures: Procedures): TaskCalls {
  const taskOf = async <Selection extends TaskSelection>(
    answer: Promise<unknown>,
    options: { task?: Selection },
  ): Promise<SelectedTask<Selection>> =>
    readSelectedTask<Selection>(selectionOf<Selection>(options.task), readSentTask(await answer));
  return {
    create: (task, input, options = {}) => explained(() => createTask(procedures, { task, input, options })),
    get: (taskId, options = {}) => explained(() => taskOf(procedures.query('task.get', { taskId }), options)),
    list: (options = {}) => explained(() => listTasks(procedures, options)),
    cancel: (taskId, options = {}) => explained(() => taskOf(procedures.mutate('task.cancel', { taskId }), options)),
    retry: (taskId, { idempotencyKey, ...options } = {}) =>
      explained(() => taskOf(procedures.mutate('task.retry', { taskId, idempotencyKey }), options)),
    delete: (taskId) =>
      explained(async () => {
        await procedures.mutate('task.delete', { taskId });
      }),
    history: (taskId, options = {}) => explainedEach(historyOf(procedures, taskId, options)),
    poll: (taskId, options = {}) => explained(() => poll(procedures, taskId, options)),
  };
}

async function listTasks<Selection extends TaskSelection>(
  procedures: Procedures,
  { task, signal, ...filters }: ListOptions<Selection>,
): Promise<Page<SelectedTask<Selection>>> {
  const selection = selectionOf<Selection>(task);
  const kind = selection === undefined || isList(selection) ? {} : { kind: selection.kind };
  const answer = await procedures.query('task.list', { ...filters, ...kind }, { signal });
  return readPage(answer, (item) => readSelectedTask<Selection>(selection, readSentTask(item)));
}

async function* historyOf<Selection extends TaskSelection>(
  procedures: Procedures,
  taskId: string,
  { task, ...options }: HistoryOptions<Selection>,
): AsyncGenerator<SelectedEvent<Selection>, void, undefined> {
  const selection = selectionOf<Selection>(task);
  const kind = await kindFor(procedures, { taskId, selection, signal: options.signal });
  yield* readHistory(procedures, { taskId, selection, kind }, options);
}

async function poll<Selection extends TaskSelection>(
  procedures: Procedures,
  taskId: string,
  { task, signal, ...options }: PollOptions<Selection>,
): Promise<PollAnswer<Selection>> {
  const selection = selectionOf<Selection>(task);
  const kind = await kindFor(procedures, { taskId, selection, signal });
  const { messages, ...answer } = readSentPoll(await procedures.query('task.poll', { taskId, ...options }, { signal }));
  const known = unknownState(taskId);
  return {
    ...answer,
    messages: messages.map((each) => {
      const message = readMessage(each, known);
      if (message === undefined) throw unreadableMessage(each);
      return readSelectedMessage<Selection>(selection, message, kind);
    }),
  };
}

/** The task's kind, which a list of kinds needs; no other selection asks for it. */
async function kindFor(
  procedures: Procedures,
  { taskId, selection, signal }: { taskId: string; selection: TaskSelection; signal: AbortSignal | undefined },
): Promise<string | undefined> {
  if (!isList(selection)) return undefined;
  return readSentTask(await procedures.query('task.get', { taskId }, { signal })).kind;
}
