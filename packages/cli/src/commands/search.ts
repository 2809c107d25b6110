import type { SearchHit } from '@taskwire/client';
import type { Command } from 'commander';
import type { RunCommand } from '../context.ts';
import { EXIT_STATUS } from '../exit-status.ts';
import { parseWholeNumber } from '../option-parsers.ts';
import { plain, type Colors } from '../output.ts';

export function registerSearch(program: Command, run: RunCommand): void {
  program
    .command('search')
    .description('search your documents; with --json, one hit a line')
    .argument('<query>', 'words, "phrases in quotes", -excluded')
    .option('--task <id>', 'in the document of this task only')
    .option('--limit <number>', 'how many, 1 to 50 (default: 10)', parseWholeNumber)
    .action((query: string, { task, ...options }: { task?: string; limit?: number }) =>
      run(async ({ client, output }) => {
        const request = task === undefined ? { query, ...options } : { query, ...options, taskId: task };
        const { hits } = await client.trpc.document.search.query(request);
        for (const hit of hits) output.result(hit, hitBlock(hit, output.colors));
        if (hits.length === 0) output.remark('nothing found');
        return EXIT_STATUS.done;
      }),
    );
}

function hitBlock(hit: SearchHit, colors: Colors): string {
  const heading = hit.heading === undefined ? '' : ` · ${plain(hit.heading)}`;
  const snippet = hit.snippet.map((part) => (part.match ? colors.bold(plain(part.text)) : plain(part.text))).join('');
  return `${colors.cyan(plain(hit.fileName))} page ${hit.page}${heading}\n  ${snippet}`;
}
