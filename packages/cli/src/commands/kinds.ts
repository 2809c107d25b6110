import type { KindDescription } from '@taskwire/client';
import type { Command } from 'commander';
import type { RunCommand } from '../context.ts';
import { plain, type Colors } from '../output/output.ts';
import { EXIT_STATUS } from '../surroundings.ts';

export function registerKinds(program: Command, run: RunCommand): void {
  program
    .command('kinds')
    .description('list the kinds of tasks that the server offers; with --json, with the JSON schemas of their inputs')
    .action(() =>
      run(async ({ client, output }) => {
        const kinds = await client.kinds();
        for (const kind of kinds) output.result(kind, kindBlock(kind, output.colors));
        if (kinds.length === 0) output.remark('the server offers no kinds');
        return EXIT_STATUS.done;
      }),
    );
}

function kindBlock({ kind, summary, uploads }: KindDescription, colors: Colors): string {
  const files = uploads.map(({ path, accept = [] }) => {
    const types = accept.length === 0 ? '' : colors.dim(`  ${plain(accept.join(', '))}`);
    return `\n  --file ${plain(path)}=<path>${types}`;
  });
  return `${colors.cyan(plain(kind))}  ${plain(summary)}${files.join('')}`;
}
