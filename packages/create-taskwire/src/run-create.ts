import { basename, relative, resolve } from 'node:path';
import { addToProject } from './add-to-project.ts';
import { createProject } from './create-project.ts';
import { HELP, parseOptions } from './options.ts';
import type { PackageManager } from './env.ts';
import { additionReport, creationReport } from './report.ts';
import { ownVersion } from './own-version.ts';
import { UsageError } from './usage-error.ts';

/** Exit statuses: done; failed, with nothing written; a wrong call. */
const STATUS = { done: 0, failed: 1, usage: 2 } as const;

/** The streams that the command writes to, and the package manager that called it. */
export interface Terminal {
  stdout: { write(text: string): unknown };
  stderr: { write(text: string): unknown };
  packageManager?: PackageManager;
}

/**
 * Runs the command.
 * @param args the arguments after the command's name.
 * @returns the exit status. Errors stand in one line on standard error, with the remedy.
 */
export async function runCreate(args: readonly string[], terminal: Terminal): Promise<number> {
  const { stdout, stderr, packageManager = 'npm' } = terminal;
  try {
    stdout.write(`${await answerOf(args, packageManager)}\n`);
    return STATUS.done;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    stderr.write(`create-taskwire: ${message}\n`);
    return error instanceof UsageError ? STATUS.usage : STATUS.failed;
  }
}

async function answerOf(args: readonly string[], packageManager: PackageManager): Promise<string> {
  const options = parseOptions(args);
  switch (options.action) {
    case 'help':
      return HELP;
    case 'version':
      return ownVersion();
    case 'create': {
      const folder = resolve(options.folder);
      const files = await createProject(folder, { template: options.template, name: packageName(folder) });
      return creationReport({
        folder: relative('.', folder) || '.',
        template: options.template,
        files,
        packageManager,
      });
    }
    case 'add':
      return additionReport(await addToProject(resolve(options.folder), options.template), packageManager);
    default:
      return options satisfies never;
  }
}

/** Names that npm refuses. */
const RESERVED = new Set(['node_modules', 'favicon.ico']);

/** A folder's name as a package may be called: lower-case letters, digits, dots and dashes. */
export function packageName(folder: string): string {
  const name = basename(folder)
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replace(/^[._-]+/, '')
    .slice(0, 200);
  return name === '' || RESERVED.has(name) ? 'taskwire-app' : name;
}
