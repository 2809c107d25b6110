import { initialTaskState, type TaskState } from '@taskwire/protocol';
import { describe, expect, it } from 'vitest';
import { attemptRemark } from './remark.ts';
import { taskRemarks } from './task-remarks.ts';

const state: TaskState = initialTaskState({ taskId: 'task', projectId: 'project', kind: 'document.ingest' });

describe('taskRemarks', () => {
  it('are empty for a task without problems', () => {
    expect(taskRemarks({ connection: 'live', state: { ...state, status: 'running', attempt: 1 } })).toEqual([]);
  });

  it('say that a state may be out of date', () => {
    expect(taskRemarks({ connection: 'reconnecting', state })[0]?.title).toBe('Connection lost');
    expect(taskRemarks({ connection: 'failed', state })[0]?.text).toMatch(/out of date/);
  });

  it('show the message of a handler, which contains its advice, and the code', () => {
    const error = { code: 'DOCUMENT_ENCRYPTED', message: 'the PDF is encrypted: save it without a password' };
    const [remark] = taskRemarks({ connection: 'ended', state: { ...state, status: 'error', error } });
    expect(remark?.text).toBe('The PDF is encrypted: save it without a password. (DOCUMENT_ENCRYPTED)');
  });

  it('add advice to a failure of the platform', () => {
    const error = { code: 'TIMEOUT', message: 'it took longer than an hour' };
    const [remark] = taskRemarks({ connection: 'ended', state: { ...state, status: 'error', error } });
    expect(remark?.text).toMatch(/^It took longer than an hour\. Try again with less.*\(TIMEOUT\)$/);
  });

  it('say that steps were lost and that the state is current', () => {
    const [remark] = taskRemarks({ connection: 'live', state, gap: { from: 4, to: 17_953_134_328_092 } });
    expect(remark?.title).toBe('Some steps could not be recovered');
    expect(remark?.text).toMatch(/nothing shown here is out of date/);
    expect(taskRemarks({ connection: 'live', state })).toEqual([]);
  });

  it('call an attempt interrupted if its handler did not fail', () => {
    const retrying = (code: string): TaskState => ({
      ...state,
      status: 'retrying',
      attempt: 2,
      error: { code, message: 'the worker was stopped' },
      retryDelayMs: 0,
    });
    const remarkOf = (code: string) => taskRemarks({ connection: 'live', state: retrying(code) })[0];
    expect(remarkOf('WORKER_STOPPED')?.title).toBe('Attempt 2 was interrupted');
    expect(remarkOf('EVENTS_LOST')?.title).toBe('Attempt 2 was interrupted');
    expect(remarkOf('HANDLER_FAILED')?.title).toBe('Attempt 2 failed');
    expect(remarkOf('WORKER_STOPPED')?.text).toBe('The worker was stopped. The next one starts soon.');
  });

  it('say why a task was canceled', () => {
    const canceled: TaskState = { ...state, status: 'canceled', canceledReason: 'canceled before it was started' };
    expect(taskRemarks({ connection: 'ended', state: canceled })[0]?.text).toBe('Canceled before it was started.');
  });
});

describe('attemptRemark', () => {
  it('says why an attempt failed and when the next one starts', () => {
    const remark = attemptRemark({
      status: 'retrying',
      attempt: 1,
      error: { code: 'HANDLER_FAILED', message: 'disk full' },
      retryDelayMs: 2_000,
    });
    expect(remark).toEqual({
      tone: 'warn',
      title: 'Attempt 1 failed',
      text: 'Disk full. The next one starts in 2 s.',
    });
  });

  it('is undefined for a first attempt', () => {
    expect(attemptRemark({ status: 'running', attempt: 1 })).toBeUndefined();
  });
});
