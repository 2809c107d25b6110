import { TaskwireProvider } from '@taskwire/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { client } from './client.ts';
import './page.css';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element with the id "root"');
createRoot(root).render(
  <StrictMode>
    <TaskwireProvider client={client}>
      <App />
    </TaskwireProvider>
  </StrictMode>,
);
