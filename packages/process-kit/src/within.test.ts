import { expect, it } from 'vitest';
import { isSettledWithin, within } from './within.ts';

const never = new Promise<never>(() => undefined);
const late = () => new Error('late');

it('work in time has its own outcome', async () => {
  expect(await within(60_000, Promise.resolve(1), late)).toBe(1);
  await expect(within(60_000, Promise.reject(new Error('own')), late)).rejects.toThrow('own');
});

it('late work has the given error', async () => {
  await expect(within(1, never, late)).rejects.toThrow('late');
});

it('tells whether work settles in time, and throws an error of the work', async () => {
  expect(await isSettledWithin(60_000, Promise.resolve())).toBe(true);
  expect(await isSettledWithin(1, never)).toBe(false);
  await expect(isSettledWithin(60_000, Promise.reject(new Error('own')))).rejects.toThrow('own');
});
