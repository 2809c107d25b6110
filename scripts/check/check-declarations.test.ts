import { expect, it } from 'vitest';
import { withoutForeignFaults } from './check-declarations.ts';

const FOREIGN = "node_modules/.pnpm/@trpc+server@11/dist/ws.d.mts(34,92): error TS2694: Namespace 'WebSocket' has no …";

it('faults in the declarations of other packages pass', () => {
  expect(withoutForeignFaults({ status: 2, output: `${FOREIGN}\n${FOREIGN}\n` })).toEqual({ status: 0, output: '' });
  expect(withoutForeignFaults({ status: 0, output: '' })).toEqual({ status: 0, output: '' });
});

it.each([
  'packages/client/dist/types/index.d.ts(3,1): error TS2304: Cannot find name',
  "error TS6053: File 'packages/client/dist/types/gone.d.ts' not found.",
  "error TS5058: The specified path does not exist: 'node_modules/.cache/taskwire/declarations/tsconfig.json'.",
])('a fault of our own fails: %s', (fault) => {
  expect(withoutForeignFaults({ status: 2, output: `${FOREIGN}\n${fault}\n` })).toEqual({ status: 1, output: fault });
});

it('a compiler that does not run fails', () => {
  const crash = { status: 1, output: 'Error: Cannot find module' };
  expect(withoutForeignFaults(crash)).toEqual(crash);
});
