import { useCreateTask } from '@taskwire/react';
import { useState, type FormEvent } from 'react';
import { countWords } from '../tasks/index.ts';
import { client, sampleFile } from './client.ts';
import { TaskView } from './TaskView.tsx';

/** The task of the page's address: a reload watches it again. */
const taskInAddress = new URLSearchParams(location.search).get('task') ?? undefined;

export function App() {
  const { create, isPending, error } = useCreateTask(countWords);
  const [taskId, setTaskId] = useState(taskInAddress);
  const [failure, setFailure] = useState<string>();

  async function start(file: File): Promise<void> {
    setFailure(undefined);
    try {
      const { uploadId } = await client.upload(file, { fileName: file.name });
      const task = await create({ file: uploadId });
      history.replaceState(null, '', `?task=${task.taskId}`);
      setTaskId(task.taskId);
    } catch (thrown) {
      setFailure(thrown instanceof Error ? thrown.message : String(thrown));
    }
  }

  function submit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const file = new FormData(event.currentTarget).get('file');
    void start(file instanceof File && file.size > 0 ? file : sampleFile());
  }

  return (
    <main>
      <h1>%NAME%</h1>
      <form onSubmit={submit}>
        <label>
          Text file <input type="file" name="file" accept="text/plain" />
        </label>
        <button disabled={isPending}>Count its words</button>
      </form>
      <p>Without a file, a sample text is counted.</p>
      {(failure ?? error) && (
        <p className="error" role="alert">
          {failure ?? error?.message}
        </p>
      )}
      {taskId !== undefined && <TaskView key={taskId} taskId={taskId} />}
    </main>
  );
}
