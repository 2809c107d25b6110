import { readMessage } from '@taskwire/protocol';
import type { TaskSelection } from '@taskwire/tasks';
import { readSelectedEvent } from '../tasks/read-selected.ts';
import type { SelectedEvent } from '../tasks/selected-types.ts';
import { readPage } from '../transport/answers.ts';
import type { Procedures } from '../transport/procedures.ts';
import { unknownState } from './task-stream.ts';
import { unreadableMessage } from './watched-stream.ts';

/** Number of events in one page. */
const PAGE_SIZE = 500;

export interface HistoryOptions<Selection extends TaskSelection = undefined> {
  /** The task's kind, or a list of kinds: the events have its types. */
  task?: Selection;
  /** `seq` after which to begin. */
  after?: string | undefined;
  signal?: AbortSignal | undefined;
}

/** The task of a history. `kind` is its kind if `selection` is a list. */
export interface HistoryTarget<Selection extends TaskSelection> {
  taskId: string;
  selection: Selection;
  kind: string | undefined;
}

/** Iterates the present events of a task in order. Pages are fetched as the reader needs them. */
export async function* readHistory<Selection extends TaskSelection>(
  procedures: Procedures,
  { taskId, selection, kind }: HistoryTarget<Selection>,
  { after, signal }: Omit<HistoryOptions, 'task'>,
): AsyncGenerator<SelectedEvent<Selection>, void, undefined> {
  const known = unknownState(taskId);
  let cursor = after;
  do {
    const answer = await procedures.query('task.history', { taskId, limit: PAGE_SIZE, cursor }, { signal });
    const page = readPage(answer, (item) => {
      const event = readMessage(item, known);
      if (event === undefined) throw unreadableMessage(item);
      return readSelectedEvent<Selection>(selection, event, kind);
    });
    yield* page.items;
    cursor = page.nextCursor;
  } while (cursor !== undefined);
}
