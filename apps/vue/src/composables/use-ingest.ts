import { useCreateTask, useTaskwire } from '@taskwire/vue';
import { onScopeDispose, ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import { usePage } from '../page-context.ts';

export type IngestPhase = 'idle' | 'uploading' | 'creating';

export interface Ingest {
  phase: Readonly<Ref<IngestPhase>>;
  error: Readonly<ShallowRef<unknown>>;
  /** Uploads a file, creates the task that ingests it, and goes to that task's page. */
  start: (file: File) => Promise<void>;
}

/** From a chosen file to a running task. An upload that nobody waits for any more is given up. */
export function useIngest(): Ingest {
  const client = useTaskwire();
  const { create } = useCreateTask('document.ingest');
  const { route, titles } = usePage();
  const phase = ref<IngestPhase>('idle');
  const error = shallowRef<unknown>();
  const controller = new AbortController();
  onScopeDispose(() => controller.abort());

  async function start(file: File): Promise<void> {
    error.value = undefined;
    try {
      phase.value = 'uploading';
      const upload = await client.upload(file, { fileName: file.name, signal: controller.signal });
      phase.value = 'creating';
      const task = await create({ uploadId: upload.uploadId }, { idempotencyKey: upload.uploadId });
      titles.remember(task.taskId, upload.fileName);
      if (!controller.signal.aborted) route.go({ page: 'task', taskId: task.taskId, query: '' });
    } catch (thrown) {
      error.value = thrown;
    } finally {
      phase.value = 'idle';
    }
  }

  return { phase, error, start };
}
