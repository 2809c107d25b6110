import { percentOf, type StageState, type TaskStatus } from '@taskwire/protocol';
import { formatDuration, formatName, formatPercent, formatTime, runningStage } from '@taskwire/tasks';
import { STATUS_WORDS, hasEnded } from './task-words.ts';

/** The part of a task that changes while it runs. */
export interface TaskProgress {
  status: TaskStatus;
  /** Of the whole task, 0–100. */
  percent: number;
  stages?: readonly StageState[] | undefined;
}

/** A piece of the progress bar. */
export interface BarSegment {
  name: string;
  /** Width relative to the other segments. */
  weight: number;
  /** Filled part, 0–1. */
  fraction: number;
}

/** The progress bar of a task: a segment for each stage, or one segment if the stages are unknown. */
export function barSegments({ percent, stages = [] }: Pick<TaskProgress, 'percent' | 'stages'>): BarSegment[] {
  if (stages.length === 0) return [{ name: 'whole', weight: 1, fraction: percent / 100 }];
  return stages.map((stage) => ({ name: stage.name, weight: stage.weight, fraction: percentOf([stage]) / 100 }));
}

/** The window title of a task's page: with the percent while the task runs. */
export function taskWindowTitle(title: string, { status, percent }: TaskProgress): string {
  return hasEnded(status) ? title : `${formatPercent(percent)} ${title}`;
}

/** Start, duration or remaining time of a task in words. Times are milliseconds since 1970. */
export function timeLine(state: { startedAt?: number; endedAt?: number; eta?: { ms: number } }): string {
  const { startedAt, endedAt, eta } = state;
  if (startedAt === undefined) return endedAt === undefined ? 'Waiting for a worker' : 'Never started';
  if (endedAt !== undefined) return `Took ${formatDuration(endedAt - startedAt)}`;
  const started = `Started at ${formatTime(startedAt)}`;
  return eta === undefined ? started : `${started} · about ${formatDuration(eta.ms)} left`;
}

/** The text that screen readers announce. It changes with status and stage, not with every percent. */
export function announcement(state: { status: TaskStatus; stages: readonly StageState[] }): string {
  const stage = runningStage(state);
  const words = STATUS_WORDS[state.status];
  return stage === undefined || state.status !== 'running' ? words : `${words}: ${formatName(stage.name)}`;
}
