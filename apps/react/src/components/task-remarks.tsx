import type { TaskView } from '@taskwire/client';
import { taskRemarks } from '@taskwire/web-kit';
import type { ReactNode } from 'react';
import { Notice } from './notice.tsx';

/** What is out of the ordinary about a task: a lost connection, failed attempts, gaps, a failure, a cancel. */
export function TaskRemarks({ view }: { view: TaskView }): ReactNode {
  return taskRemarks(view).map((remark) => <Notice key={remark.title} remark={remark} />);
}
