import {
  Cleanup,
  colors,
  Interrupted,
  INTERRUPTED_STATUS,
  listenForInterruption,
  printLine,
  printProblem,
  step,
  toProblem,
} from '@taskwire/dev-stack/programs';
import { bringUp, type RunningSystem } from './bring-up.ts';
import { createExampleTask, requireDone, searchExample, watchInTerminal } from './example-task.ts';
import { example } from './example.ts';
import type { StartOptions } from './options.ts';
import { printAddresses, printFindings } from './report.ts';

/** Brings everything up, runs the example, stays up (or not), and stops everything again. Returns the exit status. */
export async function start(options: StartOptions): Promise<number> {
  const cleanup = new Cleanup();
  const interruption = listenForInterruption();
  const watch = watchServices();
  const progress = { isUp: false };
  const work = async (): Promise<void> => {
    const startup = { options, cleanup, signal: interruption.signal, onService: watch.add };
    const system = await bringUp(startup);
    await runExample(system, { dev: options.dev, signal: interruption.signal });
    printAddresses(system.addresses, system);
    progress.isUp = true;
    if (!options.once) await stayUp();
  };
  printLine();
  try {
    await Promise.race([work(), watch.failure, interruption.rejection]);
    return 0;
  } catch (error) {
    if (error instanceof Interrupted) return progress.isUp ? 0 : INTERRUPTED_STATUS;
    printProblem(toProblem(error));
    return 1;
  } finally {
    await stopAll(cleanup);
    interruption.release();
  }
}

async function runExample(system: RunningSystem, how: { dev: boolean; signal: AbortSignal }): Promise<void> {
  const taskId = await step(
    'Uploaded',
    () => createExampleTask(system.client),
    () => example.fileName,
  );
  printLine();
  await watchInTerminal(taskId, { url: system.client.url, token: system.session.token }, how);
  await requireDone(system.client, taskId);
  printFindings(await searchExample(system.client, taskId));
}

function stayUp(): Promise<never> {
  printLine(colors.dim('Ctrl-C stops everything.'));
  return new Promise<never>(() => undefined);
}

/** One promise that rejects as soon as any of the services ends by itself. */
function watchServices(): { add: (service: { failure: Promise<never> }) => void; failure: Promise<never> } {
  let fail: (reason: unknown) => void = () => undefined;
  const failure = new Promise<never>((_resolve, reject) => {
    fail = reject;
  });
  failure.catch(() => undefined);
  return { failure, add: (service) => void service.failure.catch(fail) };
}

async function stopAll(cleanup: Cleanup): Promise<void> {
  if (cleanup.isEmpty) return;
  const failures = await step(
    'Shutdown',
    () => cleanup.run(),
    () => 'everything that was started is stopped',
  );
  for (const failure of failures) printLine(colors.red(failure));
}
