import { TASK_KINDS, type TaskKind, type TaskStatus } from '@taskwire/client';
import { TASK_STATUSES } from '@taskwire/protocol';
import { Option, type Command } from 'commander';
import type { RunCommand } from '../context.ts';
import { taskLine } from '../output/describe-task.ts';
import { EXIT_STATUS } from '../exit-status.ts';
import { parseWholeNumber } from '../input/option-parsers.ts';

interface ListOptions {
  kind?: TaskKind;
  status?: TaskStatus[];
  project?: string;
  limit?: number;
  cursor?: string;
}

export function registerList(program: Command, run: RunCommand): void {
  program
    .command('list')
    .description('list your tasks, newest first; with --json, one page as { items, nextCursor }')
    .addOption(new Option('--kind <kind>', 'of this kind only').choices(TASK_KINDS))
    .addOption(new Option('--status <status...>', 'in one of these states only').choices(TASK_STATUSES))
    .option('--project <id>', 'of this project only')
    .option('--limit <number>', 'how many, 1 to 100 (default: 20)', parseWholeNumber)
    .option('--cursor <cursor>', 'the next page: the cursor that the page before ended with')
    .action(({ project, ...filters }: ListOptions) =>
      run(async ({ client, output }) => {
        const query = project === undefined ? filters : { ...filters, projectId: project };
        const page = await client.trpc.task.list.query(query);
        const lines = page.items.map((task) => taskLine(task, output.colors));
        if (output.json || lines.length > 0) output.result(page, lines.join('\n'));
        else output.remark('no tasks');
        if (page.nextCursor !== undefined && !output.json) output.remark(`more: --cursor ${page.nextCursor}`);
        return EXIT_STATUS.done;
      }),
    );
}
