import { TASK_STATUSES, type TaskStatus } from '@taskwire/protocol';
import { TaskwireClientError } from '../errors/client-error.ts';
import { isTransformed, transformedError } from '../errors/foreign-trpc.ts';
import type { SentTask } from '../tasks/task.ts';
import { isRecord } from './shapes.ts';

// Readers of the answers of Taskwire's procedures. They check the fields on which this package relies.

/** @throws TaskwireClientError INTERNAL if the answer is no task. */
export function readSentTask(answer: unknown): SentTask {
  if (isSentTask(answer)) return answer;
  throw unreadableAnswer(answer, 'a task');
}

/** A page of a list. */
export interface Page<Item> {
  items: Item[];
  /** `cursor` of the next page; absent on the last one. */
  nextCursor?: string;
}

/** Reads a page. @throws TaskwireClientError INTERNAL if the answer is no page, or if `read` throws. */
export function readPage<Item>(answer: unknown, read: (item: unknown) => Item): Page<Item> {
  if (!isRecord(answer) || !Array.isArray(answer['items'])) throw unreadableAnswer(answer, 'a page of a list');
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
  throw unreadableAnswer(answer, 'the answer of a poll');
}

/** A kind of the server, as command lines and forms show it. */
export interface KindDescription {
  kind: string;
  /** One sentence for people. */
  summary: string;
  isDemo: boolean;
  stages: { name: string; weight: number }[];
  channels: { name: string; mode: 'latest' | 'list'; keep?: number }[];
  /** JSON Schema (2020-12) of the input as a caller writes it. */
  inputSchema: Record<string, unknown>;
  /** The `upload()` fields of the input. */
  uploads: UploadFieldDescription[];
}

/** A field of an input that takes an upload. */
export interface UploadFieldDescription {
  /** Dotted, below the input; `*` stands for each item or key: `image`, `pages.*.image`. */
  path: string;
  /** Accepted media types; absent: all that the server accepts. */
  accept?: readonly string[];
  /** Largest file (bytes); absent: as large as the server accepts. */
  maxBytes?: number;
}

/** @throws TaskwireClientError INTERNAL if the answer is no list of kinds. */
export function readKinds(answer: unknown): KindDescription[] {
  if (!Array.isArray(answer)) throw unreadableAnswer(answer, 'a list of kinds');
  return answer.map((each: unknown) => {
    if (!isKindDescription(each)) throw unreadableAnswer(answer, 'a list of kinds');
    return each;
  });
}

function isKindDescription(value: unknown): value is KindDescription {
  if (!isRecord(value) || typeof value['kind'] !== 'string' || typeof value['summary'] !== 'string') return false;
  const { stages, channels, uploads } = value;
  const hasNames = [stages, channels].every((list) => isListOf(list, (each) => typeof each['name'] === 'string'));
  return hasNames && isListOf(uploads, isUploadField) && isRecord(value['inputSchema']);
}

function isUploadField({ path, accept = [], maxBytes = 0 }: Readonly<Record<string, unknown>>): boolean {
  const hasTypes = Array.isArray(accept) && accept.every((type) => typeof type === 'string');
  return typeof path === 'string' && hasTypes && typeof maxBytes === 'number';
}

function isListOf(value: unknown, isItem: (item: Readonly<Record<string, unknown>>) => boolean): boolean {
  return Array.isArray(value) && value.every((item: unknown) => isRecord(item) && isItem(item));
}

function unreadableAnswer(answer: unknown, expected: string): TaskwireClientError {
  if (isTransformed(answer)) return transformedError();
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
