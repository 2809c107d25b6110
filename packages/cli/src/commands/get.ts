import type { Command } from 'commander';
import type { RunCommand } from '../context.ts';
import { taskBlock } from '../output/describe-task.ts';
import { EXIT_STATUS } from '../exit-status.ts';

export function registerGet(program: Command, run: RunCommand): void {
  program
    .command('get')
    .description('show one task')
    .argument('<taskId>')
    .action((taskId: string) =>
      run(async ({ client, output }) => {
        const task = await client.trpc.task.get.query({ taskId });
        output.result(task, taskBlock(task, output.colors));
        return EXIT_STATUS.done;
      }),
    );
}
