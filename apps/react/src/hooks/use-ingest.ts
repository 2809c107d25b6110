import { useTaskwire, useCreateTask } from '@taskwire/react';
import { useEffect, useRef, useState } from 'react';
import { usePage } from '../page-context.ts';

export interface Ingest {
  phase: 'idle' | 'uploading' | 'creating';
  error: unknown;
  /** Uploads a file, creates the task that ingests it, and goes to that task's page. */
  start: (file: File) => Promise<void>;
}

/** From a chosen file to a running task. An upload that nobody waits for any more is given up. */
export function useIngest(): Ingest {
  const client = useTaskwire();
  const { create } = useCreateTask('document.ingest');
  const { route, titles } = usePage();
  const [phase, setPhase] = useState<Ingest['phase']>('idle');
  const [error, setError] = useState<unknown>();
  const running = useRef<AbortController>(null);
  useEffect(() => () => running.current?.abort(), []);

  async function start(file: File): Promise<void> {
    const controller = new AbortController();
    running.current = controller;
    setError(undefined);
    try {
      setPhase('uploading');
      const upload = await client.upload(file, { fileName: file.name, signal: controller.signal });
      setPhase('creating');
      const task = await create({ uploadId: upload.uploadId }, { idempotencyKey: upload.uploadId });
      titles.remember(task.taskId, upload.fileName);
      if (!controller.signal.aborted) route.go({ page: 'task', taskId: task.taskId, query: '' });
    } catch (thrown) {
      if (!controller.signal.aborted) setError(thrown);
    } finally {
      setPhase('idle');
    }
  }

  return { phase, error, start };
}
