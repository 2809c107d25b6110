import type { TaskSummary, TopicMessage } from '@taskwire/client';
import { plain, type Colors } from '../output/output.ts';
import { paintStatus } from '../output/formats.ts';
import { gapWords, messageWords } from './message-words.ts';

/** A message of a topic in words: its seq, the task and the event. A snapshot has a line for each task. */
export function topicWords(message: TopicMessage, colors: Colors): string {
  switch (message.type) {
    case 'snapshot': {
      const { tasks } = message.state;
      const head = [`${message.seq} snapshot ${countWords(tasks.length)}`, gapWords(message.gap)].filter(Boolean);
      return [head.join(', '), ...tasks.map((task) => summaryLine(task, colors))].join('\n');
    }
    case 'event':
      return `${message.seq} ${plain(message.event.taskId)} ${messageWords(message.event)}`;
    case 'skipped':
      return `${message.seq} skipped from ${message.fromSeq}`;
    default:
      return message satisfies never;
  }
}

function countWords(count: number): string {
  return count === 1 ? '1 unfinished task' : `${count} unfinished tasks`;
}

function summaryLine({ taskId, kind, status, percent, stage }: TaskSummary, colors: Colors): string {
  const words = [
    plain(taskId),
    plain(kind).padEnd(15),
    paintStatus(status, colors, 9),
    `${Math.floor(percent)} %`.padStart(5),
  ];
  return `  ${[...words, plain(stage ?? '')].join('  ').trimEnd()}`;
}
