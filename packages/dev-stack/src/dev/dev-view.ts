import { relative } from 'node:path';

import type { ProgramView } from '../programs/reloading-program.ts';
import { colors, formatDuration, printLine } from '../terminal/terminal.ts';
import { shownLine } from './show-line.ts';

const PAINTS = new Map([
  ['worker', colors.magenta],
  ['page', colors.blue],
]);
/** Most changed files that a line names. */
const MOST_NAMED = 3;

/** Prints the output and the states of the programs for a person. */
export interface DevView {
  /** Shows a line of a program's output. */
  line: (name: string, line: string) => void;
  /** The view of one program. */
  of: (name: string) => ProgramView;
}

/** @param folder the folder to which paths are shown relative. */
export function createDevView({ folder, verbose }: { folder: string; verbose: boolean }): DevView {
  const namesOf = (files: readonly string[]): string => {
    const names = files.slice(0, MOST_NAMED).map((file) => relative(folder, file));
    return files.length > MOST_NAMED ? `${names.join(', ')}, …` : names.join(', ');
  };
  return {
    line: (name, line) => {
      const shown = shownLine(line, { folder, verbose });
      const paint = PAINTS.get(name) ?? colors.cyan;
      if (shown !== undefined) printLine(`${paint(name.padEnd(6))} ${colors.dim('│')} ${shown}`);
    },
    of: (name) => ({
      up: (tookMs, changed) => {
        const took = colors.dim(`(${formatDuration(tookMs)})`);
        if (changed.length === 0) printLine(`${colors.green('✓')} ${name} ${took}`);
        else printLine(`${colors.green('✓')} ${name} restarted: ${namesOf(changed)} changed ${took}`);
      },
      broken: (problem) => {
        const what = name === 'page' ? 'package.json' : 'one of its files';
        printLine(colors.red(`✗ ${problem.message}`));
        if (problem.remedy !== undefined) printLine(`  ${problem.remedy}`);
        printLine(colors.yellow(`  ${name} waits, and is started again when ${what} changes.`));
      },
      say: (line) => printLine(colors.yellow(line)),
    }),
  };
}
