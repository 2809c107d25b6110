import { formatDuration, type StageState, type TaskMessage } from '@taskwire/client';
import type { TaskState } from '@taskwire/protocol';
import { MultiBar, type SingleBar } from 'cli-progress';
import type { Colors, Output } from '../output/output.ts';
import { paintStatus } from '../output/formats.ts';
import { messageWords } from './message-words.ts';
import { bar, stageLine } from './stage-line.ts';
import { createFold, type TaskProgress } from './task-progress.ts';

/** Erases the rest of the line, with text of an earlier drawing. */
const CLEAR_REST = '\u001b[K';

/** The text of a line, which the library redraws in place. */
interface LinePayload {
  line: string;
}

/** A display that redraws a line for each stage and one for the whole. Remarks scroll above them. */
export function createBarProgress(output: Output): TaskProgress {
  const { colors, stdout } = output;
  const fold = createFold();
  const bars = new MultiBar({
    stream: stdout,
    format: (_options, _parameters, payload: LinePayload) => payload.line,
    hideCursor: true,
    linewrap: false,
    forceRedraw: true,
    gracefulExit: false,
    emptyOnZero: true,
  });
  const lines: SingleBar[] = [];
  const draw = (index: number, line: string): void => {
    const known = lines[index];
    if (known === undefined) lines[index] = bars.create(1, 0, { line });
    else known.update({ line });
  };
  const remark = (words: string): void => {
    if (lines.length === 0) output.remark(words);
    else bars.log(`${colors.dim(words)}${CLEAR_REST}\n`);
  };
  return {
    show(message) {
      const state = fold(message)?.state;
      if (isRemarkable(message)) remark(messageWords(message));
      if (state !== undefined) linesOf(state, colors).forEach((line, index) => draw(index, line));
    },
    remark,
    close() {
      // Remarks wait for the next redraw, and `stop` does not write them.
      if (lines.length > 0) bars.update();
      bars.stop();
    },
  };
}

/** Whether a message needs a remark, because the lines do not show it. */
function isRemarkable(message: TaskMessage): boolean {
  switch (message.type) {
    case 'log':
    case 'retrying':
    case 'canceling':
    case 'unreadable':
      return true;
    case 'snapshot':
      return message.gap !== undefined;
    case 'queued':
    case 'started':
    case 'stage':
    case 'progress':
    case 'token':
    case 'data':
    case 'done':
    case 'error':
    case 'canceled':
      return false;
    default:
      return message satisfies never;
  }
}

function linesOf(state: TaskState, colors: Colors): string[] {
  const nameWidth = Math.max(5, ...state.stages.map((stage) => stage.name.length));
  const stages = state.stages.map((stage: StageState) => stageLine(stage, nameWidth, colors));
  const percent = `${Math.floor(state.percent)} %`.padStart(5);
  const status = paintStatus(state.status, colors);
  const left = state.eta === undefined ? '' : colors.dim(`about ${formatDuration(state.eta.ms)} left`);
  return [...stages, `    ${'total'.padEnd(nameWidth)}  ${bar(state.percent / 100)} ${percent}  ${status}  ${left}`];
}
