import { isContinuousIntegration } from '../env.ts';
import { localCommand } from '../lib/repository.ts';
import { runProgram, type ProgramResult } from '../lib/run-program.ts';
import { runTurbo } from '../lib/turbo.ts';
import { checkBrowserSize } from './check-browser-size.ts';
import { checkDeclarations } from './check-declarations.ts';
import { checkTypes } from './check-types.ts';
import { checkWords } from './check-words.ts';

/** Something that the whole repository must pass. */
export interface Gate {
  name: string;
  run: () => Promise<ProgramResult>;
}

/** Runs before all others, because the sources import the generated code. */
export const generateGate: Gate = { name: 'generate', run: () => runTurbo(['db:generate']) };

/** Builds the programs that the tests of the whole system run. */
export const buildGate: Gate = { name: 'build', run: () => runTurbo(['build']) };

const SOURCES = ['prisma', 'packages', 'apps', 'bench', 'chaos', 'e2e'];

/**
 * Results of earlier runs, by the content of each file. CI has none: rules that read types (`no-floating-promises`,
 * `no-unsafe-*`, `switch-exhaustiveness-check` and others) may judge an unchanged file by the old type of an import.
 */
const CACHE = 'node_modules/.cache/taskwire';
const LINT_CACHE = ['--cache', '--cache-strategy=content'];
const FORMAT_CACHE = cached(['--cache', '--cache-strategy=content', `--cache-location=${CACHE}/prettier`]);

/** Independent of one another; the slow ones first. */
export const gates: readonly Gate[] = [
  // In two halves: the types of all folders together need more memory than a process has.
  { name: 'lint', run: () => lint('packages', ['packages', 'prisma']) },
  {
    name: 'lint of the rest',
    run: () => lint('rest', ['.', '--ignore-pattern', 'packages', '--ignore-pattern', 'prisma']),
  },
  { name: 'types', run: () => checkTypes('tsc') },
  { name: 'vue types', run: () => checkTypes('vue-tsc') },
  { name: 'declarations', run: checkDeclarations },
  { name: 'format', run: () => runLocal('prettier', ['--check', '--log-level=warn', ...FORMAT_CACHE, '.']) },
  // Without a cache: dependency-cruiser's cache ignores manifests, so it hides an import that one no longer declares.
  { name: 'imports', run: () => runLocal('depcruise', ['--config', '.dependency-cruiser.cjs', '--', ...SOURCES]) },
  { name: 'unused code', run: () => runLocal('knip', ['--no-progress']) },
  { name: 'manifests', run: () => runLocal('sherif', ['--no-install']) },
  { name: 'browser size', run: checkBrowserSize },
  { name: 'words', run: checkWords },
];

function cached(options: readonly string[]): readonly string[] {
  return isContinuousIntegration ? [] : options;
}

function lint(half: string, commandLine: readonly string[]): Promise<ProgramResult> {
  const cache = isContinuousIntegration ? [] : [...LINT_CACHE, `--cache-location=${CACHE}/eslint/${half}/`];
  return runLocal('eslint', ['--max-warnings=0', ...cache, ...commandLine]);
}

function runLocal(command: string, commandLine: readonly string[]): Promise<ProgramResult> {
  return runProgram({ command: localCommand(command), arguments: commandLine });
}
