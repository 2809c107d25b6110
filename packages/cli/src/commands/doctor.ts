import type { Command } from 'commander';
import type { RunCommand } from '../context.ts';
import { EXIT_STATUS } from '../surroundings.ts';
import { plain, type Colors } from '../output/output.ts';
import { readStatus, type SystemStatus, type WaitingTasks } from './read-status.ts';

export function registerDoctor(program: Command, run: RunCommand): void {
  program
    .command('doctor')
    .description('show the workers with their versions and kinds, and what waits for a worker that can run it')
    .action(() =>
      run(async ({ client, output }) => {
        const status = readStatus(await client.trpc.system.status.query());
        output.result(status, report(status, output.colors));
        return hasFindings(status) ? EXIT_STATUS.error : EXIT_STATUS.done;
      }),
    );
}

function hasFindings({ workers, waiting }: SystemStatus): boolean {
  return waiting.length > 0 || !workers.some(({ isAlive }) => isAlive);
}

function report({ workers, waiting, hasUnchecked }: SystemStatus, colors: Colors): string {
  const lines = workers.map(({ workerId, version, kinds, isAlive, lastHeartbeatAt }) => {
    const state = isAlive
      ? colors.green('alive')
      : colors.dim(`silent since ${new Date(lastHeartbeatAt).toISOString()}`);
    return `worker ${plain(workerId)}  ${plain(version)}  ${state}  ${plain(kinds.join(' '))}`;
  });
  if (!workers.some(({ isAlive }) => isAlive)) lines.push(colors.red('no worker is alive: start one'));
  for (const each of waiting) lines.push(colors.red(waitingLine(each)));
  if (waiting.length === 0) lines.push('no task of yours waits for a worker that can run it');
  if (hasUnchecked === true) {
    lines.push('only the newest of your unfinished tasks were checked for inputs that a worker has refused');
  }
  return lines.join('\n');
}

function waitingLine({ kind, tasks, reason }: WaitingTasks): string {
  const [noun, its, it] = tasks === 1 ? ['task waits', 'its', 'it'] : ['tasks wait', 'their', 'them'];
  return reason === 'input'
    ? `${tasks} ${noun} for a worker whose ${plain(kind)} takes ${its} input: start one of a version that does, or cancel ${it}`
    : `${tasks} ${noun} for a worker that knows ${plain(kind)}: start one of a version that has it`;
}
