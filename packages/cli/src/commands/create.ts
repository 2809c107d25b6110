import { basename } from 'node:path';
import { taskKind, type TaskRequestOptions, type TaskwireCalls } from '@taskwire/client';
import { TASK_KINDS, isTaskKind, type TaskKind } from '@taskwire/tasks';
import type { Command } from 'commander';
import type { RunCommand } from '../context.ts';
import { EXIT_STATUS } from '../surroundings.ts';
import { openFile, parseDuration, parseJsonObject, parseWholeNumber } from '../input/option-parsers.ts';
import { UsageError } from '../input/usage-error.ts';
import { watchToEnd } from '../watch/watch-to-end.ts';

interface CreateOptions {
  file?: string;
  input?: string;
  priority?: number;
  project?: string;
  timeout?: number;
  idempotencyKey?: string;
  watch: boolean;
}

export function registerCreate(program: Command, run: RunCommand): void {
  program
    .command('create')
    .description('create a task')
    .argument('<kind>', TASK_KINDS.join(' or '))
    .option('--file <path>', 'upload this file and work on it (document.ingest)')
    .option('--input <json>', 'the input, as a JSON object')
    .option('--priority <number>', '1 runs first, 10 last (default: 5)', parseWholeNumber)
    .option('--project <id>', 'the project it belongs to')
    .option(
      '--timeout <duration>',
      'how long it may run, such as 90s, 30m or 2h (default: the kind’s own)',
      parseDuration,
    )
    .option('--idempotency-key <key>', 'a second create with the same key answers with the first task')
    .option('--watch', 'watch it until it has ended', false)
    .action((kind: string, options: CreateOptions) =>
      run(async (context) => {
        const { client, output } = context;
        const input = await inputOf(client, knownKind(kind), options);
        const task = await client.tasks.create(taskKind(kind), input, requestOptions(options));
        output.result(task, `${task.taskId}  ${task.kind}`);
        return options.watch ? watchToEnd(context, task.taskId) : EXIT_STATUS.done;
      }),
    );
}

function knownKind(kind: string): TaskKind {
  if (isTaskKind(kind)) return kind;
  throw new UsageError(`kind: there is no kind "${kind}"; there is ${TASK_KINDS.join(', ')}`);
}

function requestOptions({ priority, project, timeout, idempotencyKey }: CreateOptions): TaskRequestOptions {
  return {
    ...(priority === undefined ? {} : { priority }),
    ...(project === undefined ? {} : { projectId: project }),
    ...(timeout === undefined ? {} : { timeoutMs: timeout }),
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  };
}

async function inputOf(client: TaskwireCalls, kind: TaskKind, options: CreateOptions): Promise<object> {
  const given = options.input === undefined ? {} : parseJsonObject(options.input, '--input');
  if (options.file === undefined) return given;
  if (kind !== 'document.ingest') throw new UsageError(`--file: a ${kind} takes no file; give --input`);
  return { ...given, ...(await ingestInput(client, options.file)) };
}

async function ingestInput(client: TaskwireCalls, path: string): Promise<{ uploadId: string }> {
  const { uploadId } = await client.upload(await openFile(path, '--file'), { fileName: basename(path) });
  return { uploadId };
}
