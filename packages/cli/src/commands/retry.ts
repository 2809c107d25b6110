import type { Command } from 'commander';
import type { RunCommand } from '../context.ts';
import { EXIT_STATUS } from '../exit-status.ts';
import { watchToEnd } from '../watch/watch-to-end.ts';

interface RetryOptions {
  idempotencyKey?: string;
  watch: boolean;
}

export function registerRetry(program: Command, run: RunCommand): void {
  program
    .command('retry')
    .description('do an ended task again, as a new task; stages whose results are remembered are not run again')
    .argument('<taskId>')
    .option('--idempotency-key <key>', 'a second retry with the same key answers with the first one’s task')
    .option('--watch', 'watch the new task until it has ended', false)
    .action((taskId: string, { watch, ...options }: RetryOptions) =>
      run(async (context) => {
        const { client, output } = context;
        const task = await client.retryTask(taskId, options);
        output.result(task, `${task.taskId}  ${task.kind}`);
        return watch ? watchToEnd(context, task.taskId) : EXIT_STATUS.done;
      }),
    );
}
