import { expect, it } from 'vitest';
import { countedTask, truthOf } from '../../testing/truth-of.ts';
import { checkRefused, type RefusedTask } from './check-refused.ts';
import { figuresOf } from '../findings.ts';

const left: RefusedTask = { taskId: 't', key: 'k', status: 'queued', log: truthOf([]) };

it('finds nothing if refused creates left nothing', () => {
  expect(checkRefused([])).toEqual([]);
});

it('finds a row that a refused create left', () => {
  const findings = checkRefused([left]);
  expect(figuresOf(findings)).toEqual({ ...figuresOf([]), leaked: 1 });
  expect(findings[0]?.detail).toContain('has not run');
});

it('finds that a refused create ran', () => {
  const ran = { ...left, status: 'done', log: truthOf(countedTask(3)) };
  expect(checkRefused([ran])[0]?.detail).toContain('it ran 1 times');
});
