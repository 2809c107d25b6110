import type { TrueEvent, TruthLog } from '../../truth/truth-log.ts';
import type { SubjectRules } from '../checks/check-watcher.ts';
import { eventProblem } from '../comparing/compare-events.ts';
import { BLANK, fold, type FoldedState } from '../comparing/fold.ts';
import { isTerminalType, type Message } from '../message.ts';
import { differenceFrom } from '../comparing/compare-state.ts';

/** More possible states than this are not tried. */
const MOST_STATES = 20_000;

/**
 * The rules for watchers of a task.
 * @param mayBeCanceling whether a cancel was asked for. That is kept elsewhere too, and outlives a loss of Redis.
 */
export function taskRules(log: TruthLog, mayBeCanceling = false): SubjectRules {
  return {
    log,
    ends: log.events.filter((event) => isTerminalType(event.type)).map((event) => event.seq),
    matters: () => true,
    eventProblem: (message) => eventProblem(log, message),
    stateProblem: (message) => stateProblem(log, message, mayBeCanceling),
  };
}

/** The epochs of a log: where its numbers leap, it was lost, and restored on the known state of the task. */
function epochsOf(events: readonly TrueEvent[]): TrueEvent[][] {
  const epochs: TrueEvent[][] = [];
  let before = 0;
  for (const event of events) {
    const epoch = epochs.at(-1);
    if (epoch === undefined || event.seq !== before + 1) epochs.push([event]);
    else epoch.push(event);
    before = event.seq;
  }
  return epochs;
}

/**
 * The states that a task may have at the end of these events: one, unless a loss of Redis took events away. Then what was
 * kept of the epoch before may be any of its states, with a cancel that only the task's row still knew of.
 */
function possibleStates(epochs: readonly TrueEvent[][]): FoldedState[] {
  let states = [BLANK];
  epochs.forEach((epoch, place) => {
    const isLast = place === epochs.length - 1;
    states = states.flatMap((state) => (isLast ? [epoch.reduce(fold, state)] : statesWithin(epoch, state)));
    if (states.length > MOST_STATES) states = [];
  });
  return states;
}

function statesWithin(epoch: readonly TrueEvent[], begin: FoldedState): FoldedState[] {
  const states = [begin];
  let state = begin;
  for (const event of epoch) {
    state = fold(state, event);
    states.push(state);
  }
  return states;
}

function stateProblem(log: TruthLog, message: Message, mayBeCanceling: boolean): string | undefined {
  const epochs = epochsOf(log.between(1, message.seq));
  const last = epochs.at(-1)?.at(-1)?.seq ?? 0;
  // The first event of an epoch comes right after the state that was kept.
  const atBase = last !== message.seq && log.get(message.seq + 1) !== undefined;
  const whole = atBase ? [...epochs, []] : epochs;
  const states = possibleStates(whole);
  if (states.length === 0) return undefined;
  const kept = mayBeCanceling && isRestored(log, whole) ? states.map(canceling) : [];
  const differences = [...kept, ...states].map((state) => differenceFrom(state, message.state));
  return differences.includes(undefined) ? undefined : differences.at(-1);
}

/** Whether a log was restored. If Redis was full at the task's creation, the log begins like a restored one. */
function isRestored(log: TruthLog, epochs: readonly TrueEvent[][]): boolean {
  return epochs.length > 1 || log.seqs[0] !== 1;
}

function canceling(state: FoldedState): FoldedState {
  return isTerminalType(state.status) ? state : { ...state, status: 'canceling' };
}
