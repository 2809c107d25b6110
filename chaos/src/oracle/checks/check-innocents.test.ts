import { describe, expect, it } from 'vitest';
import { countedTask, event, truthOf } from '../../testing/truth-of.ts';
import { checkInnocents, type TaskFate } from './check-innocents.ts';
import { figuresOf } from '../findings.ts';

const BEGUN = countedTask(5).slice(0, 5);
const NONE = figuresOf([]);
const failed = (code: string) => event(6, 'error', { code, message: 'words' });

function fate(last: readonly object[], more: Partial<TaskFate> = {}): TaskFate {
  return { taskId: 't', log: truthOf([...BEGUN, ...last]), errorCode: null, mayFail: false, ...more };
}

function figures(...fates: TaskFate[]) {
  return figuresOf(checkInnocents(fates));
}

describe('checkInnocents', () => {
  it("finds nothing if tasks end with their handlers' results, or canceled", () => {
    const done = fate(countedTask(5).slice(5));
    expect(figures(done, fate([event(6, 'canceled')]))).toEqual(NONE);
  });

  it.each(['WORKER_LOST', 'KIND_UNKNOWN', 'INPUT_INVALID', 'TIMEOUT', 'FAILED_ON_PURPOSE'])(
    'finds a task that ended in %s because of other tasks',
    (code) => {
      expect(figures(fate([failed(code)]))).toEqual({ ...NONE, endedForOthers: 1 });
    },
  );

  it('finds a task that ended in error only in PostgreSQL', () => {
    const row = fate(countedTask(5).slice(5), { errorCode: 'WORKER_LOST' });
    expect(figures(row)).toEqual({ ...NONE, endedForOthers: 1 });
    expect(figures(fate([], { errorCode: 'WORKER_LOST' }))).toEqual({ ...NONE, endedForOthers: 1 });
  });

  it('leaves a task alone whose own handler does wrong', () => {
    expect(figures(fate([failed('HANDLER_FAILED')], { mayFail: true, errorCode: 'HANDLER_FAILED' }))).toEqual(NONE);
  });

  it('uses the last end if an earlier one was lost before any process saved it', () => {
    const again = [
      failed('WORKER_LOST'),
      event(7, 'retrying', { delayMs: 0, error: { code: 'EVENTS_LOST', message: 'lost' } }),
      event(8, 'done', { output: { counted: 5 }, durationMs: 1 }),
    ];
    expect(figures(fate(again))).toEqual(NONE);
  });
});
