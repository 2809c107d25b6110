import { useCreateTask } from '@taskwire/react';
import { useState } from 'react';
import { importSales } from '../jobs/import-sales';
import { bakery, taskwire } from './clients';
import { Import } from './Import';

export function Bakery() {
  const { create, error } = useCreateTask(importSales);
  const [taskId, setTaskId] = useState(new URLSearchParams(location.search).get('import'));
  const [facts, setFacts] = useState('');

  async function logIn(form: FormData): Promise<void> {
    const body = JSON.stringify({ member: form.get('member') });
    await fetch('/login', { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    await showFacts();
  }

  async function importFile(form: FormData): Promise<void> {
    const { uploadId } = await taskwire.upload(form.get('table') as File);
    const task = await create({ table: uploadId });
    history.replaceState(null, '', `?import=${task.taskId}`);
    setTaskId(task.taskId);
  }

  async function showFacts(): Promise<void> {
    const errands = await bakery.errands.list.query();
    const { items } = await bakery.taskwire.task.list.query({});
    setFacts(`${errands.length} errands, ${items.length} imports`);
  }

  return (
    <main>
      <form action={logIn}>
        <input name="member" aria-label="Member" />
        <button>Log in</button>
      </form>
      <form action={importFile}>
        <input name="table" type="file" aria-label="Sales" />
        <button>Import</button>
      </form>
      <button onClick={() => void bakery.errands.add.mutate('buy flour').then(showFacts)}>Add errand</button>
      <output data-testid="facts">{facts}</output>
      {error !== undefined && <p role="alert">{error.message}</p>}
      {taskId !== null && <Import taskId={taskId} />}
    </main>
  );
}
