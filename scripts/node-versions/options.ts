import { parseArgs } from 'node:util';
import { Problem } from '@taskwire/dev-stack/programs';

export const usage = `usage: npx pnpm@12 test:node-versions [MAJOR …] [--tests-only] [-- VITEST ARGUMENTS]

  MAJOR          versions of Node.js to run on, such as 22 24 (the default): the newest release of each
  --tests-only   leave the gates out
  --             the rest goes to vitest: -- --project protocol`;

export interface NodeVersionsOptions {
  majors: number[];
  isTestsOnly: boolean;
  vitest: string[];
}

/** Tried if no version is named: the two that are maintained. */
const DEFAULT_MAJORS = [22, 24];

/** An argument that is not for vitest. */
const OWN_ARGUMENT = /^(\d+|--tests-only|--help|-h)$/;

/**
 * Reads the command line.
 * @returns undefined if help was asked for
 * @throws Problem that names the argument
 */
export function parseOptions(commandLine: readonly string[]): NodeVersionsOptions | undefined {
  // pnpm hands on the `--` of `pnpm test:node-versions -- 24` too: in front of an argument of ours it separates nothing.
  const isSeparatedByPnpm = commandLine[0] === '--' && OWN_ARGUMENT.test(commandLine[1] ?? '');
  const given = commandLine.slice(isSeparatedByPnpm ? 1 : 0);
  const separator = given.indexOf('--');
  const own = separator === -1 ? given : given.slice(0, separator);
  const { values, positionals } = readValues(own);
  if (values.help === true) return undefined;
  return {
    majors: positionals.length === 0 ? DEFAULT_MAJORS : positionals.map(parseMajor),
    isTestsOnly: values['tests-only'] === true,
    vitest: separator === -1 ? [] : given.slice(separator + 1),
  };
}

function readValues(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: { 'tests-only': { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
    });
  } catch (error) {
    throw new Problem(error instanceof Error ? error.message : String(error), { remedy: usage, cause: error });
  }
}

function parseMajor(text: string): number {
  if (/^[1-9]\d?$/.test(text)) return Number(text);
  throw new Problem(`"${text}" is no major version of Node.js.`, { remedy: usage });
}
