import { TASK_EVENT_TYPES, type TaskEventType } from '@taskwire/protocol';
import { Option, type Command } from 'commander';
import type { RunCommand } from '../context.ts';
import { UsageError } from '../input/usage-error.ts';
import { watchToEnd } from '../watch/watch-to-end.ts';
import { watchTopic, type WatchedTopic } from '../watch/watch-topic.ts';

interface WatchOptions {
  project?: string;
  all?: true;
  stages?: string[];
  types?: TaskEventType[];
  lastEventId?: string;
}

export function registerWatch(program: Command, run: RunCommand): void {
  program
    .command('watch')
    .description(
      'watch a task until it has ended, or a project or all your tasks until Ctrl-C, which leaves them running',
    )
    .argument('[taskId]')
    .option('--project <id>', 'watch all tasks of this project')
    .option('--all', 'watch all your tasks: how they come and go, and their progress once a second')
    .option('--stages <name...>', 'of a project: only events of these stages')
    .addOption(new Option('--types <type...>', 'of a project: only events of these types').choices(TASK_EVENT_TYPES))
    .option('--last-event-id <seq>', 'only what comes after this event')
    .action((taskId: string | undefined, options: WatchOptions) =>
      run(async (context) => {
        const topic = topicOf(taskId, options);
        if (topic !== undefined) return watchTopic(context, topic);
        return watchToEnd(context, taskId ?? '', options.lastEventId);
      }),
    );
}

/** The topic to watch; undefined for a task. @throws UsageError unless exactly one thing is named. */
function topicOf(taskId: string | undefined, options: WatchOptions): WatchedTopic | undefined {
  const { project, all, stages, types, lastEventId } = options;
  if ([taskId, project, all].filter((each) => each !== undefined).length !== 1) {
    throw new UsageError('watch what? Give a task id, or --project <id>, or --all; one of them');
  }
  if (project === undefined && (stages !== undefined || types !== undefined)) {
    throw new UsageError('--stages, --types: only a project can be filtered; give --project <id>');
  }
  if (taskId !== undefined) return undefined;
  return {
    ...(project === undefined ? {} : { projectId: project }),
    ...(stages === undefined ? {} : { stages }),
    ...(types === undefined ? {} : { types }),
    ...(lastEventId === undefined ? {} : { lastEventId }),
  };
}
