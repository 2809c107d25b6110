import type { Command } from 'commander';
import type { RunCommand } from '../context.ts';
import { watchToEnd } from '../watch/watch-to-end.ts';

export function registerWatch(program: Command, run: RunCommand): void {
  program
    .command('watch')
    .description('watch a task until it has ended; Ctrl-C leaves it running')
    .argument('<taskId>')
    .option('--last-event-id <seq>', 'only what comes after this event')
    .action((taskId: string, options: { lastEventId?: string }) =>
      run((context) => watchToEnd(context, taskId, options.lastEventId)),
    );
}
