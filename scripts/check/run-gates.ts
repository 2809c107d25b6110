import { colors, formatDuration, printLine } from '../lib/terminal.ts';
import { gates, generateGate, type Gate } from './gates.ts';

/** As many as there are cores on a small machine; more only makes each slower. */
const AT_ONCE = 2;

export interface GateResult {
  name: string;
  passed: boolean;
  output: string;
}

/** Runs one gate and prints its line. */
export async function runGate(gate: Gate): Promise<GateResult> {
  const startedAt = Date.now();
  const { status, output } = await gate.run().catch((error: unknown) => ({ status: 1, output: String(error) }));
  const mark = status === 0 ? colors.green('✓') : colors.red('✗');
  printLine(`${mark} ${gate.name} ${colors.dim(`(${formatDuration(Date.now() - startedAt)})`)}`);
  return { name: gate.name, passed: status === 0, output };
}

/** Runs every gate, a line for each, and prints what the failing ones said. */
export async function runGates(): Promise<GateResult[]> {
  const results = [await runGate(generateGate)];
  const waiting = [...gates];
  const lane = async (): Promise<void> => {
    for (let gate = waiting.shift(); gate !== undefined; gate = waiting.shift()) results.push(await runGate(gate));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  printFailures(results);
  return results;
}

/** Prints what failing gates said. */
export function printFailures(results: readonly GateResult[]): void {
  for (const { name, output } of results.filter((result) => !result.passed)) {
    printLine();
    printLine(colors.red(`── ${name} ──`));
    process.stdout.write(`${output.trimEnd()}\n`);
  }
}
