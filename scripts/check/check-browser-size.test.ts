import { expect, it } from 'vitest';
import { bundleForBrowsers, checkBrowserSize, hasZod } from './check-browser-size.ts';

it('client and react are small, and have no zod', async () => {
  expect(await checkBrowserSize()).toEqual({ status: 0, output: '' });
});

it('finds zod in the bundle of a package that brings schemas', async () => {
  expect(hasZod((await bundleForBrowsers(['../tasks/src/index.ts'])).files)).toBe(true);
});
