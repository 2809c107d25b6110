import { expect, it } from 'vitest';
import * as protocol from './index.ts';

it('exports what it did before: a change here is a change of the public surface', () => {
  expect(Object.keys(protocol).sort()).toMatchInlineSnapshot(`
    [
      "ENDED_LOG_KEPT_SECONDS",
      "ERROR_CODES",
      "STAGE_STATUSES",
      "STATE_LOG_LINES",
      "SequenceError",
      "TASK_ERROR_CODES",
      "TASK_STATUSES",
      "TERMINAL_EVENT_TYPES",
      "TERMINAL_STATUSES",
      "TaskwireError",
      "advance",
      "etaSchema",
      "fold",
      "formatCursor",
      "gapSchema",
      "initialTaskState",
      "isTerminalEventType",
      "isTerminalStatus",
      "logLevelSchema",
      "logLineSchema",
      "parseCursor",
      "percentOf",
      "receive",
      "reduce",
      "snapshotMessageSchema",
      "stagePlanSchema",
      "stageStateSchema",
      "stageStatusSchema",
      "taskEventSchema",
      "taskFailureSchema",
      "taskMessageSchema",
      "taskStateSchema",
      "taskStatusSchema",
    ]
  `);
});
