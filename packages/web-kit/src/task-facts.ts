import { taskDefinitions, type TaskKind, type TaskOutput } from '@taskwire/tasks';
import { documentFacts } from './document-facts.ts';
import type { Fact } from './fact.ts';
import { formatCount, formatDuration, formatName } from './format.ts';

/** A task, or its live state, as far as its kind and output go. The server may be of another version than this page. */
export interface TaskOutcome {
  kind: string;
  /** Of a task that is done. */
  output?: unknown;
  /** The output as it is stored, where it does not fit the kind. */
  unreadableOutput?: unknown;
}

/** The title of a task: its file once that is known, else the remembered one, else its kind. */
export function taskTitle(task: TaskOutcome, remembered?: string): string {
  return documentOf(task)?.fileName ?? remembered ?? kindTitle(task.kind);
}

/** The result of a task that read a document; undefined for other kinds, and before it is done. */
export function documentOf({ kind, output }: TaskOutcome): TaskOutput<'document.ingest'> | undefined {
  return kind === 'document.ingest' ? taskDefinitions[kind].output.safeParse(output).data : undefined;
}

/** A kind as a title: `document.ingest` → `Document ingest`. */
export function kindTitle(kind: string): string {
  return formatName(kind.replaceAll('.', ' '));
}

/** The kind beside a title, unless the title says it already. */
export function kindNote(kind: string, title: string): string | undefined {
  return kindTitle(kind) === title ? undefined : kindTitle(kind);
}

/** One sentence on what tasks of a kind do. */
export function kindSummary(kind: TaskKind): string {
  return taskDefinitions[kind].summary;
}

/** The result of a task as figures with names; none while there is no result. */
export function resultFacts(task: TaskOutcome, times: { startedAt?: number; endedAt?: number }): Fact[] {
  const output = task.output ?? task.unreadableOutput;
  if (output === undefined) return [];
  const document = documentOf(task);
  const facts = document === undefined ? factsIn(output) : ingestFacts(document);
  const { startedAt, endedAt } = times;
  if (startedAt === undefined || endedAt === undefined) return facts;
  return [...facts, { name: 'Time taken', value: formatDuration(endedAt - startedAt) }];
}

/** The fields of an output of any kind; an output without fields is one fact. */
function factsIn(output: unknown): Fact[] {
  const isRecord = typeof output === 'object' && output !== null && !Array.isArray(output);
  return (isRecord ? Object.entries(output) : [['result', output] as const]).map(toFact);
}

function ingestFacts(output: TaskOutput<'document.ingest'>): Fact[] {
  const [pages, ...facts] = documentFacts(output);
  return [pages, { name: 'Chunks', value: formatCount(output.chunks) }, ...facts];
}

function toFact([name, value]: readonly [string, unknown]): Fact {
  const text =
    typeof value === 'number' ? formatCount(value) : typeof value === 'string' ? value : JSON.stringify(value);
  return { name: formatName(name), value: text };
}
