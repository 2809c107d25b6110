import { TASK_STATUSES, type TaskStatus } from '@taskwire/protocol';
import { TaskwireClientError } from '../errors/client-error.ts';
import type { SentTask } from '../tasks/task.ts';
import { isRecord } from './shapes.ts';

// What Taskwire's procedures answer, checked as far as this package relies on it.

/** @throws TaskwireClientError INTERNAL if the answer is no task. */
export function readSentTask(answer: unknown): SentTask {
  if (isSentTask(answer)) return answer;
  throw unreadableAnswer('a task');
}

/** A page of a list. */
export interface Page<Item> {
  items: Item[];
  /** `cursor` of the next page; absent on the last one. */
  nextCursor?: string;
}

/** Reads a page. @throws TaskwireClientError INTERNAL if the answer is no page, or if `read` throws. */
export function readPage<Item>(answer: unknown, read: (item: unknown) => Item): Page<Item> {
  if (!isRecord(answer) || !Array.isArray(answer['items'])) throw unreadableAnswer('a page of a list');
  const { nextCursor } = answer;
  const items = answer['items'].map(read);
  return typeof nextCursor === 'string' ? { items, nextCursor } : { items };
}

/** A poll's answer, with messages that have not been read. */
export interface SentPoll {
  messages: readonly unknown[];
  lastEventId: string;
  ended: boolean;
}

/** @throws TaskwireClientError INTERNAL if the answer is not that of a poll. */
export function readSentPoll(answer: unknown): SentPoll {
  if (isRecord(answer) && Array.isArray(answer['messages'])) {
    const { messages, lastEventId, ended } = answer;
    if (typeof lastEventId === 'string' && typeof ended === 'boolean') {
      const sent: readonly unknown[] = messages;
      return { messages: sent, lastEventId, ended };
    }
  }
  throw unreadableAnswer('the answer of a poll');
}

function unreadableAnswer(expected: string): TaskwireClientError {
  const message = `the server's answer is not ${expected} of a form that this version can read: update the client`;
  return new TaskwireClientError('INTERNAL', message);
}

const TEXT_FIELDS = ['taskId', 'projectId', 'kind'];
const NUMBER_FIELDS = ['priority', 'attempt', 'percent', 'createdAt'];

function isSentTask(answer: unknown): answer is SentTask {
  if (!isRecord(answer)) return false;
  const hasTexts = TEXT_FIELDS.every((field) => typeof answer[field] === 'string');
  const hasNumbers = NUMBER_FIELDS.every((field) => typeof answer[field] === 'number');
  return hasTexts && hasNumbers && isTaskStatus(answer['status']);
}

function isTaskStatus(value: unknown): value is TaskStatus {
  return TASK_STATUSES.some((status) => status === value);
}
