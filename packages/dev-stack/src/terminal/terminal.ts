import pc from 'picocolors';
import type { Problem } from './problem.ts';

const CLEAR_LINE = '\r\u001b[2K';

/** Colours for a terminal; plain text for anything else, whatever the environment asks. */
export const colors: ReturnType<typeof pc.createColors> = pc.createColors(
  process.stdout.isTTY ? pc.isColorSupported : false,
);

export interface StepView {
  /** A line below the step that stays. */
  readonly note: (text: string) => void;
}

/** The words behind the title of a step that is done; undefined: none. */
type Describe<Result> = (result: Result) => string | undefined;

/** Prints an empty line, or a line with the indent that everything has. */
export function printLine(text = ''): void {
  // The running line comes again with its next second.
  if (current !== undefined && process.stdout.isTTY) process.stdout.write(CLEAR_LINE);
  process.stdout.write(text === '' ? '\n' : `  ${text}\n`);
}

/** Milliseconds as people read them: `0.4 s`, `1 min 12 s`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 60_000) return `${(milliseconds / 1_000).toFixed(1)} s`;
  const seconds = Math.round(milliseconds / 1_000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** Runs a step with one line for it: while it runs (on a terminal only), and when it is done, with how long it took. */
export async function step<Result>(
  title: string,
  run: (view: StepView) => Promise<Result>,
  describe: Describe<Result> = () => undefined,
): Promise<Result> {
  const startedAt = Date.now();
  const running = beginRunning(title, startedAt);
  const notes: string[] = [];
  try {
    const result = await run({ note: (text) => void notes.push(text) });
    const said = describe(result);
    const what = said === undefined ? title : `${title} ${colors.dim('·')} ${said}`;
    const took = colors.dim(`(${formatDuration(Date.now() - startedAt)})`);
    running.end([`${colors.green('✓')} ${what} ${took}`, ...asNotes(notes)]);
    return result;
  } catch (error) {
    running.end([`${colors.red('✗')} ${title}`, ...asNotes(notes)]);
    throw error;
  }
}

function asNotes(notes: readonly string[]): string[] {
  return notes.map((note) => colors.dim(`  ${note}`));
}

interface RunningLine {
  /** Puts these lines in place of the running one, unless another step has begun since. */
  end(lines: readonly string[]): void;
}

let current: { clear: () => void } | undefined;

/** The line of the step that runs now. A step that is left behind (after an interruption) says nothing more. */
function beginRunning(title: string, startedAt: number): RunningLine {
  endRunning();
  const shown = showRunning(title, startedAt);
  current = shown;
  return {
    end: (lines) => {
      if (current !== shown) return;
      endRunning();
      for (const line of lines) printLine(line);
    },
  };
}

function endRunning(): void {
  current?.clear();
  current = undefined;
}

/** A line that counts seconds, for as long as the step runs. */
function showRunning(title: string, startedAt: number): { clear: () => void } {
  if (!process.stdout.isTTY) return { clear: () => undefined };
  const draw = (): void => {
    const seconds = Math.floor((Date.now() - startedAt) / 1_000);
    const elapsed = seconds < 2 ? '' : colors.dim(` ${seconds} s`);
    process.stdout.write(`${CLEAR_LINE}  ${colors.cyan('·')} ${title} …${elapsed}`);
  };
  draw();
  const timer = setInterval(draw, 1_000);
  return {
    clear: () => {
      clearInterval(timer);
      process.stdout.write(CLEAR_LINE);
    },
  };
}

/** Says what went wrong and what to do about it, on standard error. */
export function printProblem(problem: Problem): void {
  endRunning();
  const lines = [`  ${colors.red(problem.message)}`];
  if (problem.detail !== undefined) lines.push('', ...problem.detail.split('\n').map((line) => `    ${line}`));
  if (problem.remedy !== undefined) lines.push('', `  ${problem.remedy}`);
  process.stderr.write(`\n${lines.join('\n')}\n\n`);
}
