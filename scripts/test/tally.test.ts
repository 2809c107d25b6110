import { describe, expect, it } from 'vitest';
import { formatTally, tallyReport, tallyRun } from './tally.ts';

const nothing = { passed: 0, failed: 0, skipped: 0 };

function report(files: { status: string; tests: string[] }[]): string {
  return JSON.stringify({
    testResults: files.map(({ status, tests }) => ({
      status,
      assertionResults: tests.map((test) => ({ status: test })),
    })),
  });
}

describe('the count of a run', () => {
  it('adds up the tests of all files', () => {
    const text = report([
      { status: 'passed', tests: ['passed', 'passed', 'pending'] },
      { status: 'failed', tests: ['passed', 'failed', 'todo'] },
    ]);
    expect(tallyReport(text)).toEqual({ passed: 3, failed: 1, skipped: 2 });
  });

  it('takes a file that failed before its tests ran for one failure', () => {
    expect(tallyReport(report([{ status: 'failed', tests: [] }]))).toEqual({ ...nothing, failed: 1 });
    expect(tallyReport(report([{ status: 'failed', tests: ['skipped'] }]))).toEqual({
      ...nothing,
      failed: 1,
      skipped: 1,
    });
  });

  it('takes each gate for a test', () => {
    const gates = [{ passed: true }, { passed: true }, { passed: false }];
    expect(tallyRun({ passed: 5, failed: 1, skipped: 1 }, gates, 1)).toEqual({ passed: 7, failed: 2, skipped: 1 });
  });

  it('fails a run in which no test ran', () => {
    expect(tallyRun(nothing, [{ passed: true }], 0)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  it('fails a run that ended badly although every test passed', () => {
    expect(tallyRun({ ...nothing, passed: 9 }, [], 1)).toEqual({ passed: 9, failed: 1, skipped: 0 });
  });

  it('names what was skipped only if there was something', () => {
    expect(formatTally({ passed: 3, failed: 0, skipped: 0 })).toBe('3 passed, 0 failed');
    expect(formatTally({ passed: 3, failed: 1, skipped: 2 })).toBe('3 passed, 1 failed, 2 skipped');
  });
});
