import type { Command } from 'commander';
import type { RunCommand } from '../context.ts';
import { taskLine } from '../output/describe-task.ts';
import { EXIT_STATUS } from '../exit-status.ts';

export function registerCancel(program: Command, run: RunCommand): void {
  program
    .command('cancel')
    .description('ask for a task to be canceled; one that has ended stays as it is')
    .argument('<taskId>')
    .action((taskId: string) =>
      run(async ({ client, output }) => {
        const task = await client.trpc.task.cancel.mutate({ taskId });
        output.result(task, taskLine(task, output.colors));
        return EXIT_STATUS.done;
      }),
    );
}
