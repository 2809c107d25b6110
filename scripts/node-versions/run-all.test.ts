import { describe, expect, it, vi } from 'vitest';
import { Problem } from '@taskwire/dev-stack/programs';
import { runAll } from './run-all.ts';

describe('a run on several versions of Node.js', () => {
  it('goes on after a version that cannot be installed', async () => {
    const print = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const run = (major: number) =>
      major === 99
        ? Promise.reject(new Problem('node@99 could not be installed.'))
        : Promise.resolve({ version: `v${major}.1.0`, passed: true });
    expect(await runAll([22, 99, 24], run, new AbortController().signal)).toEqual([
      { version: 'v22.1.0', passed: true },
      { version: 'v99', passed: false },
      { version: 'v24.1.0', passed: true },
    ]);
    expect(print).toHaveBeenCalledWith(expect.stringContaining('node@99 could not be installed.'));
    print.mockRestore();
  });

  it('ends at an interruption, and runs no other version', async () => {
    const controller = new AbortController();
    const reason = new Error('stopped by SIGINT');
    const run = vi.fn(() => {
      controller.abort(reason);
      return Promise.resolve({ version: 'v22.1.0', passed: false });
    });
    await expect(runAll([22, 24], run, controller.signal)).rejects.toBe(reason);
    expect(run).toHaveBeenCalledTimes(1);
  });
});
