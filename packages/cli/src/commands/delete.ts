import type { Command } from 'commander';
import type { RunCommand } from '../context.ts';
import { EXIT_STATUS } from '../exit-status.ts';

export function registerDelete(program: Command, run: RunCommand): void {
  program
    .command('delete')
    .description('delete an ended task with its history, its results and the uploads that no other task uses')
    .argument('<taskId>')
    .action((taskId: string) =>
      run(async ({ client, output }) => {
        await client.deleteTask(taskId);
        output.result({ taskId, deleted: true }, `${taskId}  deleted`);
        return EXIT_STATUS.done;
      }),
    );
}
