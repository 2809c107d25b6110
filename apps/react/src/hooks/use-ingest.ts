import { useCreateTask, useTaskwire } from '@taskwire/react';
import { documentIngest, ingestFile, type IngestState } from '@taskwire/web-kit';
import { useEffect, useRef, useState } from 'react';
import { usePage } from './use-page.ts';

export interface Ingest extends IngestState {
  /** Uploads a file, creates the task that reads it, and opens the task's page. */
  start: (file: File) => Promise<void>;
}

/** Starts `document.ingest` for a chosen file. An upload stops when the component unmounts. */
export function useIngest(): Ingest {
  const client = useTaskwire();
  const { create } = useCreateTask(documentIngest);
  const page = usePage();
  const [state, onChange] = useState<IngestState>({ phase: 'idle', error: undefined });
  const running = useRef<AbortController>(null);
  useEffect(() => () => running.current?.abort(), []);

  function start(file: File): Promise<void> {
    const controller = new AbortController();
    running.current = controller;
    return ingestFile(file, { client, create, page, signal: controller.signal, onChange });
  }

  return { ...state, start };
}
