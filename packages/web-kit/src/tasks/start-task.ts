import type { TaskwireCalls } from '@taskwire/client';
import { sentence } from '@taskwire/tasks';
import type { WebPage } from '../page/web-page.ts';

export type IngestPhase = 'idle' | 'uploading' | 'creating';

/** The state of the form that starts `document.ingest`. */
export interface IngestState {
  phase: IngestPhase;
  /** The error of the latest start; undefined: none. */
  error: unknown;
}

/** Labels of the form's button. */
export const INGEST_BUTTON_WORDS = {
  idle: 'Upload and read',
  uploading: 'Uploading…',
  creating: 'Starting…',
} as const satisfies Record<IngestPhase, string>;

export interface IngestDependencies {
  client: TaskwireCalls;
  /** Creates the task that reads the uploaded file. */
  create: (input: { uploadId: string }, options: { idempotencyKey: string }) => Promise<{ taskId: string }>;
  page: Pick<WebPage, 'route' | 'titles'>;
  /** Aborts when the form is left: it stops the upload and opens no page. */
  signal: AbortSignal;
  onChange: (state: IngestState) => void;
}

/** Uploads a file, creates the task that reads it, and opens the task's page. Reports errors through `onChange`. */
export async function ingestFile(file: File, dependencies: IngestDependencies): Promise<void> {
  const { client, create, page, signal, onChange } = dependencies;
  try {
    onChange({ phase: 'uploading', error: undefined });
    const { uploadId, fileName } = await client.upload(file, { fileName: file.name, signal });
    onChange({ phase: 'creating', error: undefined });
    // The same upload creates one task, however often the call is repeated.
    const { taskId } = await create({ uploadId }, { idempotencyKey: uploadId });
    page.titles.remember(taskId, fileName);
    if (!signal.aborted) page.route.go({ page: 'task', taskId, query: '' });
    onChange({ phase: 'idle', error: undefined });
  } catch (error) {
    onChange({ phase: 'idle', error: signal.aborted ? undefined : error });
  }
}

/** An idempotency key, so that repeated clicks on a button start one task. */
export function newRequestKey(): string {
  const digits = (value: number) => value.toString(36);
  return `page-${digits(Date.now())}-${digits(Math.random()).slice(2)}`;
}

/** Why an ended task cannot run again. @param refusal The server's words for it. */
export function runAgainRefusal(refusal: string): string {
  return sentence(`cannot run again: ${refusal}`);
}
