import type { TaskEvent, TaskEventOf, TaskFailure } from '../events/event.ts';
import { terminalTypeOf } from '../events/terminal-event.ts';
import { channelReceived } from './channels.ts';
import type { TaskErrorCode } from '../errors/error-code.ts';
import {
  STATE_LOG_LINES,
  percentOf,
  type StageState,
  type TaskState,
  type TaskStatus,
  type TerminalStatus,
} from './state.ts';

/** Failure of a task whose `error` event cannot be read. */
const END_UNREADABLE = {
  code: 'END_UNREADABLE',
  message: 'the task failed; its failure was written in a form that cannot be read here',
} as const satisfies TaskFailure & { code: TaskErrorCode };

/**
 * The one reducer (MUST 2): the state after `event`, given the state before it. Servers, clients and tests use it. It
 * trusts the order of its input; `advance` checks it.
 */
export function reduce(state: TaskState, event: TaskEvent): TaskState {
  if (event.type === 'unreadable') return unreadable(state, event);
  const next: TaskState = { ...state, attempt: Math.max(state.attempt, event.attempt), updatedAt: event.at };
  switch (event.type) {
    case 'queued':
      return queued(next, event);
    case 'started':
      return started(next, event);
    case 'stage':
      return stage(next, event);
    case 'progress':
      return progress(next, event);
    case 'token':
      return token(next, event);
    case 'log':
      return log(next, event);
    case 'data':
      return channelReceived(next, event);
    case 'retrying':
      return { ...calm(next, 'retrying'), error: event.error, retryDelayMs: event.delayMs };
    case 'canceling':
      return calm(next, 'canceling');
    case 'done':
      return { ...done(next, event.at), output: event.output };
    case 'error':
      return { ...ended(next, 'error', event.at), error: { code: event.code, message: event.message } };
    case 'canceled':
      return canceled(next, event);
    default:
      return event satisfies never;
  }
}

/** A requested cancel stays visible until the task ends, even if the attempt still writes events. */
function statusUnlessCanceling(state: TaskState, status: TaskStatus): TaskStatus {
  return state.status === 'canceling' ? 'canceling' : status;
}

/** The state without the time left, the retry delay and the reason for waiting: each holds for one phase only. */
function calm(state: TaskState, status: TaskStatus): TaskState {
  const { eta: _eta, retryDelayMs: _retryDelayMs, waiting: _waiting, ...rest } = state;
  return { ...rest, status: statusUnlessCanceling(state, status) };
}

function ended(state: TaskState, status: TerminalStatus, at: number | undefined): TaskState {
  const { error: _error, ...rest } = calm(state, status);
  return { ...rest, status, ...(at === undefined ? {} : { endedAt: at }) };
}

/** Ends running stages too: a later version may lack a stage of an earlier one and so never end it. */
function done(state: TaskState, at: number | undefined): TaskState {
  const stages = state.stages.map((stage) =>
    stage.status === 'running' ? { ...stage, status: 'done' as const } : stage,
  );
  return { ...ended(state, 'done', at), percent: 100, stages };
}

/** An unreadable entry changes the state only if it names a type that ends the task. */
function unreadable(state: TaskState, event: TaskEventOf<'unreadable'>): TaskState {
  const type = terminalTypeOf(event);
  switch (type) {
    case undefined:
      return state;
    case 'done':
      return { ...done(state, event.at), ...('output' in event ? { output: event.output } : {}) };
    case 'error':
      return { ...ended(state, 'error', event.at), error: END_UNREADABLE };
    case 'canceled':
      return ended(state, 'canceled', event.at);
    default:
      return type satisfies never;
  }
}

function queued(state: TaskState, event: TaskEventOf<'queued'>): TaskState {
  const stages = event.stages.map((plan): StageState => ({ ...plan, status: 'pending', current: 0, total: 0 }));
  return { ...state, kind: event.kind, priority: event.priority, stages, queuedAt: event.at };
}

function started(state: TaskState, event: TaskEventOf<'started'>): TaskState {
  const { error: _error, ...rest } = calm(state, 'running');
  return { ...rest, workerId: event.workerId, startedAt: state.startedAt ?? event.at };
}

function updateStage(state: TaskState, name: string, update: (stage: StageState) => StageState): StageState[] {
  return state.stages.map((stage) => (stage.name === name ? update(stage) : stage));
}

function stage(state: TaskState, event: TaskEventOf<'stage'>): TaskState {
  const known = state.stages.some((each) => each.name === event.stage);
  const blank: StageState = { name: event.stage, weight: event.weight, status: 'pending', current: 0, total: 0 };
  const base: TaskState = known ? state : { ...state, stages: [...state.stages, blank] };
  const stages = updateStage(base, event.stage, (each) => ({
    ...each,
    weight: event.weight,
    status: event.status,
    ...(event.message === undefined ? {} : { message: event.message }),
  }));
  return { ...base, stages, percent: Math.max(state.percent, percentOf(stages)) };
}

function progress(state: TaskState, event: TaskEventOf<'progress'>): TaskState {
  const stages = updateStage(state, event.stage, (each) => ({
    ...each,
    current: event.current,
    total: event.total,
    ...(event.itemName === undefined ? {} : { itemName: event.itemName }),
    ...(event.message === undefined ? {} : { message: event.message }),
  }));
  const { eta: _eta, ...rest } = state;
  return {
    ...rest,
    stages,
    percent: Math.max(state.percent, event.percent),
    ...(event.eta === undefined ? {} : { eta: event.eta }),
  };
}

/** The offset makes a token idempotent: an attempt that writes the text again replaces the earlier text. */
function token(state: TaskState, event: TaskEventOf<'token'>): TaskState {
  const stages = updateStage(state, event.stage, (each) => ({
    ...each,
    text: (each.text ?? '').slice(0, event.offset) + event.text,
  }));
  return { ...state, stages };
}

function log(state: TaskState, event: TaskEventOf<'log'>): TaskState {
  const line = { at: event.at, level: event.level, message: event.message };
  const waiting = event.waiting === undefined ? {} : { waiting: event.waiting };
  return { ...state, logs: [...state.logs, line].slice(-STATE_LOG_LINES), ...waiting };
}

function canceled(state: TaskState, event: TaskEventOf<'canceled'>): TaskState {
  const reason = event.reason === undefined ? {} : { canceledReason: event.reason };
  return { ...ended(state, 'canceled', event.at), ...reason };
}
