import type { Command } from 'commander';
import type { RunCommand } from '../context.ts';
import { EXIT_STATUS } from '../exit-status.ts';
import { messageWords } from '../watch/message-words.ts';

export function registerHistory(program: Command, run: RunCommand): void {
  program
    .command('history')
    .description('print every event of a task that there is now; neighbouring tokens and progress may be merged')
    .argument('<taskId>')
    .option('--after <seq>', 'only what comes after this event')
    .action((taskId: string, options: { after?: string }) =>
      run(async ({ client, output }) => {
        for await (const event of client.taskHistory(taskId, options)) output.result(event, messageWords(event));
        return EXIT_STATUS.done;
      }),
    );
}
