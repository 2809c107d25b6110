import { formatDuration, type Task } from '@taskwire/client';
import { plain, type Colors } from './output.ts';
import { formatTime, paintStatus } from './formats.ts';

/** A new task on one line: id and kind. */
export function newTaskLine({ taskId, kind }: Task): string {
  return `${plain(taskId)}  ${plain(kind)}`;
}

/** A task on one line: id, kind, status, percent, time of creation. */
export function taskLine(task: Task, colors: Colors): string {
  const percent = `${Math.floor(task.percent)} %`.padStart(5);
  const status = paintStatus(task.status, colors, 9);
  return [
    plain(task.taskId),
    plain(task.kind).padEnd(15),
    status,
    percent,
    colors.dim(formatTime(task.createdAt).slice(0, 16)),
  ].join('  ');
}

/** A task as a block of `name  value` lines. */
export function taskBlock(task: Task, colors: Colors): string {
  const rows: [string, string | undefined][] = [
    ['task', plain(task.taskId)],
    ['kind', task.kindKnown === false ? `${plain(task.kind)} (not known to the server)` : plain(task.kind)],
    ['status', paintStatus(task.status, colors)],
    ['percent', `${Math.floor(task.percent)} %`],
    ['project', plain(task.projectId)],
    ['priority', String(task.priority)],
    ['retry of', task.retryOf === undefined ? undefined : plain(task.retryOf)],
    ['timeout', task.timeoutMs === undefined ? undefined : formatDuration(task.timeoutMs)],
    ['attempt', String(task.attempt)],
    ['created', formatTime(task.createdAt)],
    ['started', formatOptionalTime(task.startedAt)],
    ['ended', formatOptionalTime(task.endedAt)],
    ['input', jsonOf(task.input)],
    ['output', jsonOf(task.output ?? task.unreadableOutput)],
    ['error', task.error === undefined ? undefined : plain(`${task.error.message} (${task.error.code})`)],
  ];
  return rows
    .flatMap(([name, value]) => (value === undefined ? [] : [`${colors.dim(name.padEnd(8))}  ${value}`]))
    .join('\n');
}

function jsonOf(value: unknown): string | undefined {
  return value === undefined ? undefined : plain(JSON.stringify(value));
}

function formatOptionalTime(time: number | undefined): string | undefined {
  return time === undefined ? undefined : formatTime(time);
}
