import { z } from 'zod';

/** Numbers of tests by their outcome. */
export interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

/** The part of vitest's JSON report that is counted. */
const reportSchema = z.object({
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
});

/**
 * Counts vitest's JSON report. A file that failed before any of its tests ran counts as one failed test.
 * @throws SyntaxError or ZodError if the text is no such report
 */
export function tallyReport(report: string): Tally {
  const tally: Tally = { passed: 0, failed: 0, skipped: 0 };
  for (const file of reportSchema.parse(JSON.parse(report)).testResults) {
    const statuses = file.assertionResults.map((result) => result.status);
    const failed = statuses.filter((status) => status === 'failed').length;
    const passed = statuses.filter((status) => status === 'passed').length;
    tally.passed += passed;
    tally.failed += failed === 0 && file.status === 'failed' ? 1 : failed;
    tally.skipped += statuses.length - passed - failed;
  }
  return tally;
}

/**
 * The whole run's count: the tests' and, one each, the gates'. A run that failed without a failing test, and one in
 * which no test ran, has one failure more.
 */
export function tallyRun(tests: Tally, gates: readonly { passed: boolean }[], status: number): Tally {
  const brokenGates = gates.filter((gate) => !gate.passed).length;
  const ranNothing = tests.passed + tests.failed === 0;
  const failedOtherwise = status !== 0 && tests.failed === 0;
  return {
    passed: tests.passed + gates.length - brokenGates,
    failed: tests.failed + brokenGates + (ranNothing || failedOtherwise ? 1 : 0),
    skipped: tests.skipped,
  };
}

/** The closing line. */
export function formatTally({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped === 0 ? '' : `, ${skipped} skipped`}`;
}
