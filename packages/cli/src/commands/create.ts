import { taskKind, type TaskRequestOptions, type TaskwireCalls } from '@taskwire/client';
import { Option, type Command } from 'commander';
import type { RunCommand } from '../context.ts';
import { parseDuration, parseJson, parseWholeNumber } from '../input/option-parsers.ts';
import { withUploads, type UploadingKind } from '../input/upload-files.ts';
import { UsageError } from '../input/usage-error.ts';
import { newTaskLine } from '../output/describe-task.ts';
import { EXIT_STATUS } from '../surroundings.ts';
import { watchToEnd } from '../watch/watch-to-end.ts';
import { kindsOf } from './kinds.ts';

interface CreateOptions {
  file: string[];
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
    .argument('<kind>', 'one of the server’s kinds: taskwire kinds')
    .addOption(
      new Option(
        '--file <[field=]path>',
        'upload this file for a field of the input, such as image=x.png; may be repeated',
      )
        .argParser(addTo)
        .default([], 'none'),
    )
    .option('--input <json>', 'the input; that of most kinds is a JSON object')
    .option('--priority <number>', '1 runs first, 10 last (default: 5)', parseWholeNumber)
    .option('--project <id>', 'the project it belongs to')
    .option(
      '--timeout <duration>',
      'how long it may run, such as 90s, 30m or 2h (default: the kind’s own)',
      parseDuration,
    )
    .option(
      '--idempotency-key <key>',
      'a second create with the same key and input answers with the first task; a file that is sent again is another input',
    )
    .option('--watch', 'watch it until it has ended', false)
    .action((name: string, options: CreateOptions) =>
      run(async (context) => {
        const { client, output } = context;
        const given = options.input === undefined ? undefined : parseJson(options.input, '--input');
        const kind = await describedKind(client, name);
        const input = await withUploads(client, kind, { input: inputFor(kind, given), given: options.file });
        const task = await client.tasks.create(taskKind(name), input, requestOptions(options));
        output.result(task, newTaskLine(task));
        return options.watch ? watchToEnd(context, task.taskId) : EXIT_STATUS.done;
      }),
    );
}

/**
 * The input before the files are in it; without --input, an empty object, unless the kind takes another type.
 * @throws UsageError if the kind takes an object, and another value is given.
 */
function inputFor({ inputSchema = { type: 'object' } }: UploadingKind, given: unknown): unknown {
  const { type = 'object' } = inputSchema;
  const types: readonly unknown[] = Array.isArray(type) ? type : [type];
  const value = given === undefined && types.includes('object') ? {} : given;
  if (inputSchema['type'] !== 'object') return value;
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new UsageError(`--input: must be a JSON object, such as '{"to": 5}'`);
}

function addTo(text: string, before: string[]): string[] {
  return [...before, text];
}

function requestOptions({ priority, project, timeout, idempotencyKey }: CreateOptions): TaskRequestOptions {
  return {
    ...(priority === undefined ? {} : { priority }),
    ...(project === undefined ? {} : { projectId: project }),
    ...(timeout === undefined ? {} : { timeoutMs: timeout }),
    ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
  };
}

/**
 * The fields for files of a kind of the server. A server of an earlier version describes no kinds.
 * @throws UsageError, naming the kinds that there are.
 */
async function describedKind(client: TaskwireCalls, name: string): Promise<UploadingKind> {
  const kinds = await kindsOf(client);
  if (kinds === undefined) return { kind: name };
  const found = kinds.find(({ kind }) => kind === name);
  if (found !== undefined) return found;
  const names = kinds.map(({ kind }) => kind).join(', ');
  throw new UsageError(`kind: there is no kind "${name}"; there is ${names === '' ? 'none' : names}`);
}
