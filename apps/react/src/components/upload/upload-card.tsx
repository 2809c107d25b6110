import {
  INGEST_BUTTON_WORDS,
  acceptAttribute,
  documentIngest,
  fileProblem,
  kindUploadRules,
  uploadHint,
  type UploadRules,
} from '@taskwire/web-kit';
import { useState, type SubmitEvent, type ReactNode } from 'react';
import { useIngest } from '../../hooks/use-ingest.ts';
import { useServerConfig } from '../../hooks/use-page.ts';
import { ErrorNotice, Skeleton } from '../feedback/notice.tsx';
import { Dropzone } from './dropzone.tsx';

/** The form that uploads a document and starts its task. */
export function UploadCard(): ReactNode {
  const config = useServerConfig();
  return (
    <section className="card" aria-labelledby="upload-title">
      <h2 id="upload-title">New document</h2>
      {config.isPending && <Skeleton label="Loading" />}
      {config.isError && <ErrorNotice error={config.error} onRetry={() => void config.refetch()} />}
      {config.isSuccess && <UploadForm rules={kindUploadRules(documentIngest, config.data)} />}
    </section>
  );
}

function UploadForm({ rules }: { rules: UploadRules }): ReactNode {
  const [file, setFile] = useState<File>();
  const [problem, setProblem] = useState<string>();
  const { phase, error, start } = useIngest();
  const isBusy = phase !== 'idle';

  const choose = (chosen: File): void => {
    const found = fileProblem(chosen, rules);
    setProblem(found);
    setFile(found === undefined ? chosen : undefined);
  };
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (isBusy) return;
    if (file === undefined) setProblem('Choose a file first.');
    else void start(file);
  };
  return (
    <form className="form" onSubmit={submit}>
      <Dropzone
        file={file}
        accept={acceptAttribute(rules)}
        hint={uploadHint(rules)}
        isDisabled={isBusy}
        onChoose={choose}
      />
      {problem !== undefined && (
        <p className="field__error" role="alert">
          {problem}
        </p>
      )}
      {error !== undefined && (
        <ErrorNotice error={error} onRetry={file === undefined ? undefined : () => void start(file)} />
      )}
      <button type="submit" className="button button--primary" aria-disabled={isBusy} data-testid="upload-submit">
        {INGEST_BUTTON_WORDS[phase]}
      </button>
      <p className="field__hint">{documentIngest.summary}.</p>
    </form>
  );
}
