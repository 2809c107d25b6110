import { taskKind, type TaskStatus } from '@taskwire/client';
import { TASK_STATUSES } from '@taskwire/protocol';
import { Option, type Command } from 'commander';
import type { RunCommand } from '../context.ts';
import { parseWholeNumber } from '../input/option-parsers.ts';
import { newTaskLine, taskBlock, taskLine } from '../output/describe-task.ts';
import { plain } from '../output/output.ts';
import { EXIT_STATUS } from '../surroundings.ts';
import { messageWords } from '../watch/message-words.ts';
import { watchToEnd } from '../watch/watch-to-end.ts';

/** The commands for tasks that exist: list, get, cancel, retry, delete, history. */
export function registerTaskCommands(program: Command, run: RunCommand): void {
  registerGet(program, run);
  registerList(program, run);
  registerCancel(program, run);
  registerRetry(program, run);
  registerDelete(program, run);
  registerHistory(program, run);
}

interface ListOptions {
  kind?: string;
  status?: TaskStatus[];
  project?: string;
  limit?: number;
  cursor?: string;
}

function registerList(program: Command, run: RunCommand): void {
  program
    .command('list')
    .description('list your tasks, newest first; with --json, one page as { items, nextCursor }')
    .option('--kind <kind>', 'of this kind only')
    .addOption(new Option('--status <status...>', 'in one of these states only').choices(TASK_STATUSES))
    .option('--project <id>', 'of this project only')
    .option('--limit <number>', 'how many, 1 to 100 (default: 20)', parseWholeNumber)
    .option('--cursor <cursor>', 'the next page: the cursor that the page before ended with')
    .action(({ project: projectId, kind, ...filters }: ListOptions) =>
      run(async ({ client, output }) => {
        const task = kind === undefined ? undefined : taskKind(kind);
        const page = await client.tasks.list({ ...filters, projectId, task });
        const lines = page.items.map((task) => taskLine(task, output.colors));
        if (output.json || lines.length > 0) output.result(page, lines.join('\n'));
        else output.remark('no tasks');
        if (page.nextCursor !== undefined && !output.json) output.remark(`more: --cursor ${plain(page.nextCursor)}`);
        return EXIT_STATUS.done;
      }),
    );
}

function registerGet(program: Command, run: RunCommand): void {
  program
    .command('get')
    .description('show one task')
    .argument('<taskId>')
    .action((taskId: string) =>
      run(async ({ client, output }) => {
        const task = await client.tasks.get(taskId);
        output.result(task, taskBlock(task, output.colors));
        return EXIT_STATUS.done;
      }),
    );
}

function registerCancel(program: Command, run: RunCommand): void {
  program
    .command('cancel')
    .description('ask for a task to be canceled; one that has ended stays as it is')
    .argument('<taskId>')
    .action((taskId: string) =>
      run(async ({ client, output }) => {
        const task = await client.tasks.cancel(taskId);
        output.result(task, taskLine(task, output.colors));
        return EXIT_STATUS.done;
      }),
    );
}

interface RetryOptions {
  idempotencyKey?: string;
  watch: boolean;
}

function registerRetry(program: Command, run: RunCommand): void {
  program
    .command('retry')
    .description('do an ended task again, as a new task; stages whose results are remembered are not run again')
    .argument('<taskId>')
    .option('--idempotency-key <key>', 'a second retry with the same key answers with the first one’s task')
    .option('--watch', 'watch the new task until it has ended', false)
    .action((taskId: string, { watch, ...options }: RetryOptions) =>
      run(async (context) => {
        const { client, output } = context;
        const task = await client.tasks.retry(taskId, options);
        output.result(task, newTaskLine(task));
        return watch ? watchToEnd(context, task.taskId) : EXIT_STATUS.done;
      }),
    );
}

function registerDelete(program: Command, run: RunCommand): void {
  program
    .command('delete')
    .description('delete an ended task with its history, its results and the uploads that no other task uses')
    .argument('<taskId>')
    .action((taskId: string) =>
      run(async ({ client, output }) => {
        await client.tasks.delete(taskId);
        output.result({ taskId, deleted: true }, `${taskId}  deleted`);
        return EXIT_STATUS.done;
      }),
    );
}

function registerHistory(program: Command, run: RunCommand): void {
  program
    .command('history')
    .description('print every event of a task that there is now; neighbouring tokens, progress and data may be merged')
    .argument('<taskId>')
    .option('--after <seq>', 'only what comes after this event')
    .action((taskId: string, options: { after?: string }) =>
      run(async ({ client, output }) => {
        for await (const event of client.tasks.history(taskId, options)) output.result(event, messageWords(event));
        return EXIT_STATUS.done;
      }),
    );
}
