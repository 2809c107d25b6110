import { useCreateTask, useTaskwire } from '@taskwire/vue';
import { documentIngest, ingestFile, type IngestState } from '@taskwire/web-kit';
import { onScopeDispose, shallowRef, type ShallowRef } from 'vue';
import { usePage } from './use-page.ts';

export interface Ingest {
  state: Readonly<ShallowRef<IngestState>>;
  /** Uploads a file, creates the task that reads it, and opens the task's page. */
  start: (file: File) => Promise<void>;
}

/** Starts `document.ingest` for a chosen file. An upload stops when the scope ends. */
export function useIngest(): Ingest {
  const client = useTaskwire();
  const { create } = useCreateTask(documentIngest);
  const page = usePage();
  const state = shallowRef<IngestState>({ phase: 'idle', error: undefined });
  const controller = new AbortController();
  onScopeDispose(() => controller.abort());

  function start(file: File): Promise<void> {
    const onChange = (changed: IngestState): void => {
      state.value = changed;
    };
    return ingestFile(file, { client, create, page, signal: controller.signal, onChange });
  }

  return { state, start };
}
