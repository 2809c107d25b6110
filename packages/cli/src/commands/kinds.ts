import { toClientError, type KindDescription, type TaskwireCalls } from '@taskwire/client';
import type { Command } from 'commander';
import type { RunCommand } from '../context.ts';
import { CommandFailure } from '../output/command-failure.ts';
import { plain, type Colors } from '../output/output.ts';
import { EXIT_STATUS } from '../surroundings.ts';

export function registerKinds(program: Command, run: RunCommand): void {
  program
    .command('kinds')
    .description('list the kinds of tasks that the server offers; with --json, with the JSON schemas of their inputs')
    .action(() =>
      run(async ({ client, output }) => {
        const kinds = await kindsOf(client);
        if (kinds === undefined) {
          throw new CommandFailure('this server does not describe its kinds: update it, or see its documentation');
        }
        for (const kind of kinds) output.result(kind, kindBlock(kind, output.colors));
        if (kinds.length === 0) output.remark('the server offers no kinds');
        return EXIT_STATUS.done;
      }),
    );
}

/** The kinds of a server; undefined for a server of an earlier version, which does not describe them. */
export async function kindsOf(client: TaskwireCalls): Promise<KindDescription[] | undefined> {
  try {
    return await client.kinds();
  } catch (error) {
    if (toClientError(error).code === 'NOT_FOUND') return undefined;
    throw error;
  }
}

function kindBlock({ kind, summary, uploads }: KindDescription, colors: Colors): string {
  const files = uploads.map(({ path, accept = [] }) => {
    const types = accept.length === 0 ? '' : colors.dim(`  ${plain(accept.join(', '))}`);
    return `\n  --file ${path === '' ? '' : `${plain(path)}=`}<path>${types}`;
  });
  return `${colors.cyan(plain(kind))}  ${plain(summary)}${files.join('')}`;
}
