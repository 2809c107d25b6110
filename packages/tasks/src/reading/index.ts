// Names of kinds, and types for the messages of a server, without zod: for browsers.
export { taskKind } from '../definition/task-reference.ts';
export type { ReadableKind, ValueCheck } from './checked-values.ts';
export { readOutput } from './checked-values.ts';
export { readTaskMessage, readTaskState, readUnknownMessage, readUnknownState } from './read-task.ts';

// Words and figures for people
export {
  capitalize,
  formatBytes,
  formatCount,
  formatDuration,
  formatName,
  formatPercent,
  formatTime,
  formatWhen,
  sentence,
} from '../words/format.ts';
export { runningStage, stageDetail, stageRows } from '../words/stage-words.ts';
export type { StageLook, StageRow } from '../words/stage-words.ts';
