import { colors, formatDuration, printLine } from '@taskwire/dev-stack/programs';
import { gates, generateGate, type Gate } from './gates.ts';

/** Number of gates that run together: the cores of a small machine. More only make each slower. */
const AT_ONCE = 2;

export interface GateResult {
  name: string;
  passed: boolean;
  output: string;
  /** In milliseconds. */
  duration: number;
}

/** Runs one gate and prints its line. */
export async function runGate(gate: Gate): Promise<GateResult> {
  const startedAt = Date.now();
  const { status, output } = await gate.run().catch((error: unknown) => ({ status: 1, output: String(error) }));
  const duration = Date.now() - startedAt;
  const mark = status === 0 ? colors.green('✓') : colors.red('✗');
  printLine(`${mark} ${gate.name} ${colors.dim(`(${formatDuration(duration)})`)}`);
  return { name: gate.name, passed: status === 0, output, duration };
}

/**
 * Runs every gate, or those that are named. Prints a line for each, the time of all, and the output of those that fail.
 * @throws Error if a name is no gate's
 */
export async function runGates(names: readonly string[] = []): Promise<GateResult[]> {
  const waiting = chooseGates(names);
  const startedAt = Date.now();
  const results = [await runGate(generateGate)];
  const lane = async (): Promise<void> => {
    for (let gate = waiting.shift(); gate !== undefined; gate = waiting.shift()) results.push(await runGate(gate));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  printLine(colors.dim(describeTimes(results, Date.now() - startedAt)));
  printFailures(results);
  return results;
}

function chooseGates(names: readonly string[]): Gate[] {
  const unknown = names.find((name) => !gates.some((gate) => gate.name === name));
  if (unknown !== undefined) {
    throw new Error(`There is no gate "${unknown}". There are: ${gates.map(({ name }) => name).join(', ')}.`);
  }
  return gates.filter(({ name }) => names.length === 0 || names.includes(name));
}

function describeTimes(results: readonly GateResult[], took: number): string {
  const added = results.reduce((sum, { duration }) => sum + duration, 0);
  const work = `${AT_ONCE} at a time (added up: ${formatDuration(added)})`;
  return `${results.length} gates in ${formatDuration(took)} on Node ${process.versions.node}, ${work}`;
}

/** Prints what failing gates said. */
export function printFailures(results: readonly GateResult[]): void {
  for (const { name, output } of results.filter((result) => !result.passed)) {
    printLine();
    printLine(colors.red(`── ${name} ──`));
    process.stdout.write(`${output.trimEnd()}\n`);
  }
}
