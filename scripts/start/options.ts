import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Problem } from '@taskwire/dev-stack/programs';
import { wantedPort } from '../env.ts';
import { inRepository } from '../lib/repository.ts';

export const usage = `usage: npx pnpm@12 start [--once] [--port N] [--data FOLDER]

  --once         stop after the example task; the exit status is 0 only if it ended in done
  --port N       serve on this port; without it 4000, or the next one that is free
  --data FOLDER  keep databases, uploads and logs there; without it .data/
  --dev          run from the sources and reload what changes (this is what \`pnpm dev\` does)`;

export interface StartOptions {
  once: boolean;
  dev: boolean;
  /** Undefined: any port from 4000 on. */
  port: number | undefined;
  dataFolder: string;
}

/**
 * Reads the command line.
 * @returns undefined if help was asked for
 * @throws Problem that names the argument
 */
export function parseOptions(commandLine: readonly string[]): StartOptions | undefined {
  const values = readValues(commandLine);
  if (values.help === true) return undefined;
  return {
    once: values.once === true,
    dev: values.dev === true,
    port: parsePort('--port', values.port) ?? parsePort('PORT', wantedPort),
    dataFolder: values.data === undefined ? inRepository('.data') : resolve(values.data),
  };
}

function readValues(commandLine: readonly string[]) {
  try {
    return parseArgs({
      // pnpm hands the `--` of `pnpm start -- --once` on.
      args: commandLine.filter((argument) => argument !== '--'),
      options: {
        once: { type: 'boolean' },
        dev: { type: 'boolean' },
        port: { type: 'string' },
        data: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Problem(message, { remedy: usage, cause: error });
  }
}

function parsePort(where: string, text: string | undefined): number | undefined {
  if (text === undefined || text === '') return undefined;
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new Problem(`${where} takes a number from 1 to 65535, not "${text}".`, { remedy: usage });
}
