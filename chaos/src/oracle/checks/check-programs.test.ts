import { expect, it } from 'vitest';
import { checkPrograms, type ProgramDeed } from './check-programs.ts';
import { figuresOf } from '../findings.ts';

const fell: ProgramDeed = { name: 'worker-1', what: 'fell', detail: 'ended by itself: 1' };
const hung: ProgramDeed = { name: 'api-1', what: 'hung', detail: 'did not end within a minute after SIGTERM' };
const isWorker = (name: string) => name.startsWith('worker');

it('finds nothing if no program ended by itself, or if a task ended it', () => {
  expect(checkPrograms([], () => false)).toEqual([]);
  expect(checkPrograms([fell], isWorker)).toEqual([]);
});

it('finds a program that ended without a planned cause', () => {
  expect(figuresOf(checkPrograms([fell], () => false)).stuck).toBe(1);
  expect(figuresOf(checkPrograms([{ ...fell, name: 'api-1' }], isWorker)).stuck).toBe(1);
});

it('finds a program that did not end at its stop signal', () => {
  expect(figuresOf(checkPrograms([hung], () => true)).stuck).toBe(1);
});
