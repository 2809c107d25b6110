import { runProgram, type ProgramResult } from '../lib/run-program.ts';
import { localCommand } from '../lib/repository.ts';
import { runTurbo } from '../lib/turbo.ts';

/** Something that the whole repository must pass. */
export interface Gate {
  name: string;
  run: () => Promise<ProgramResult>;
}

/** Comes before all others: the sources need what it generates. */
export const generateGate: Gate = { name: 'generate', run: () => runTurbo(['db:generate']) };

/** Builds what the tests of the whole system run. */
export const buildGate: Gate = { name: 'build', run: () => runTurbo(['build']) };

/** Independent of one another; the slow ones first. */
export const gates: readonly Gate[] = [
  { name: 'lint', run: () => runLocal('eslint', ['--max-warnings=0', '.']) },
  { name: 'types', run: () => runTurbo(['typecheck', 'typecheck:root']) },
  { name: 'format', run: () => runLocal('prettier', ['--check', '--log-level=warn', '.']) },
  { name: 'imports', run: () => runLocal('depcruise', ['--config', '.dependency-cruiser.cjs', ...SOURCES]) },
  { name: 'unused code', run: () => runLocal('knip', ['--no-progress']) },
  { name: 'manifests', run: () => runLocal('sherif', ['--no-install']) },
];

const SOURCES = ['prisma', 'packages', 'apps', 'bench', 'chaos', 'e2e'];

function runLocal(command: string, commandLine: readonly string[]): Promise<ProgramResult> {
  return runProgram({ command: localCommand(command), arguments: commandLine });
}
