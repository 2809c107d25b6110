export * from './next.ts';

// Words and figures for people
export { runningStage, stageDetail, stageRows } from './words/stage-words.ts';
export type { StageLook, StageRow } from './words/stage-words.ts';
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
} from './words/format.ts';
