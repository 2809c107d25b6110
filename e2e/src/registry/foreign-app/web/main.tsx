import { TaskwireProvider } from '@taskwire/react';
import { createRoot } from 'react-dom/client';
import { taskwire } from './clients';
import { Bakery } from './Bakery';

const element = document.querySelector('#app');
if (element === null) throw new Error('the page has no #app');
createRoot(element).render(
  <TaskwireProvider client={taskwire}>
    <Bakery />
  </TaskwireProvider>,
);
