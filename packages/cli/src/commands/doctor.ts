import type { Command } from 'commander';
import type { CommandContext, RunCommand } from '../context.ts';
import { EXIT_STATUS } from '../surroundings.ts';
import { plain, type Colors } from '../output/output.ts';

type Status = Awaited<ReturnType<CommandContext['client']['trpc']['system']['status']['query']>>;

export function registerDoctor(program: Command, run: RunCommand): void {
  program
    .command('doctor')
    .description('show the workers with their versions and kinds, and what waits for a worker that knows it')
    .action(() =>
      run(async ({ client, output }) => {
        const status = await client.trpc.system.status.query();
        output.result(status, report(status, output.colors));
        return hasFindings(status) ? EXIT_STATUS.error : EXIT_STATUS.done;
      }),
    );
}

function hasFindings({ workers, waiting }: Status): boolean {
  return waiting.length > 0 || !workers.some(({ isAlive }) => isAlive);
}

function report({ workers, waiting }: Status, colors: Colors): string {
  const lines = workers.map(({ workerId, version, kinds, isAlive, lastHeartbeatAt }) => {
    const state = isAlive
      ? colors.green('alive')
      : colors.dim(`silent since ${new Date(lastHeartbeatAt).toISOString()}`);
    return `worker ${plain(workerId)}  ${plain(version)}  ${state}  ${plain(kinds.join(' '))}`;
  });
  if (!workers.some(({ isAlive }) => isAlive)) lines.push(colors.red('no worker is alive: start one'));
  for (const { kind, tasks } of waiting) {
    const noun = tasks === 1 ? 'task waits' : 'tasks wait';
    lines.push(
      colors.red(`${tasks} ${noun} for a worker that knows ${plain(kind)}: start one of a version that has it`),
    );
  }
  if (waiting.length === 0) lines.push('no task of yours waits for a worker that knows its kind');
  return lines.join('\n');
}
