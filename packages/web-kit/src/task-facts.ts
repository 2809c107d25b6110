import { taskDefinitions, type TaskKind, type TaskOutput } from '@taskwire/tasks';
import { formatCount, formatDuration, formatName } from './format.ts';

/** A figure with its name. */
export interface Fact {
  name: string;
  value: string;
}

/** What is known of a task's kind and, once it is done, of its output: a task or its live state. */
export type TaskOutcome = { [Kind in TaskKind]: { kind: Kind; output?: TaskOutput<Kind> } }[TaskKind];

/** How a task is called: by its file once that is known, else by what was remembered of it, else by its kind. */
export function taskTitle(task: TaskOutcome, remembered?: string): string {
  if (task.kind === 'document.ingest' && task.output !== undefined) return task.output.fileName;
  return remembered ?? kindTitle(task.kind);
}

/** A kind as a title: `document.ingest` → `Document ingest`. */
export function kindTitle(kind: TaskKind): string {
  return formatName(kind.replaceAll('.', ' '));
}

/** The kind beside a title, unless the title says it already. */
export function kindNote(kind: TaskKind, title: string): string | undefined {
  return kindTitle(kind) === title ? undefined : kindTitle(kind);
}

/** One sentence on what tasks of a kind do. */
export function kindSummary(kind: TaskKind): string {
  return taskDefinitions[kind].summary;
}

/** The result of a task as figures with names; none while there is no result. */
export function resultFacts(task: TaskOutcome, times: { startedAt?: number; endedAt?: number }): Fact[] {
  if (task.output === undefined) return [];
  const facts = task.kind === 'document.ingest' ? documentFacts(task.output) : Object.entries(task.output).map(toFact);
  const { startedAt, endedAt } = times;
  if (startedAt === undefined || endedAt === undefined) return facts;
  return [...facts, { name: 'Time taken', value: formatDuration(endedAt - startedAt) }];
}

function documentFacts(output: TaskOutput<'document.ingest'>): Fact[] {
  return [
    { name: 'Pages', value: formatCount(output.pages) },
    { name: 'Chunks', value: formatCount(output.chunks) },
    { name: 'Characters', value: formatCount(output.characters) },
  ];
}

function toFact([name, value]: [string, unknown]): Fact {
  const text =
    typeof value === 'number' ? formatCount(value) : typeof value === 'string' ? value : JSON.stringify(value);
  return { name: formatName(name), value: text };
}
