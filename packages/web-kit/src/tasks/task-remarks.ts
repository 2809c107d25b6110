import type { Gap, TaskState } from '@taskwire/protocol';
import { sentence } from '@taskwire/tasks';
import { warningsRemark } from '../documents/document-facts.ts';
import { attemptRemark, failureRemark, gapRemark, type Remark } from './remark.ts';
import { documentOf } from './task-facts.ts';

/** The part of a task's live view that remarks depend on. */
export interface RemarkableView {
  connection: string;
  state?: TaskState | undefined;
  gap?: Gap | undefined;
}

/** Remarks on connection, failure, attempts and losses of a task, the most urgent first. */
export function taskRemarks({ connection, state, gap }: RemarkableView): Remark[] {
  const document = state && documentOf(state);
  const remarks = [
    connectionRemark(connection),
    endRemark(state),
    state && attemptRemark(state),
    document && warningsRemark(document),
    gap && gapRemark(),
  ];
  return remarks.filter((remark) => remark !== undefined);
}

function connectionRemark(connection: string): Remark | undefined {
  if (connection === 'reconnecting') {
    return {
      tone: 'warn',
      title: 'Connection lost',
      text: 'It is being set up again by itself. The task goes on, and nothing of it will be missed.',
    };
  }
  if (connection !== 'failed') return undefined;
  return {
    tone: 'bad',
    title: 'This page is not live any more',
    text: 'What you see may be out of date. Reload the page to go on watching.',
  };
}

function endRemark(state: TaskState | undefined): Remark | undefined {
  if (state?.status === 'error' && state.error !== undefined) return failureRemark(state.error);
  if (state?.status !== 'canceled') return undefined;
  const text = state.canceledReason ?? 'Run it again to start over.';
  return { tone: 'info', title: 'This task was canceled', text: sentence(text) };
}
