import '@taskwire/theme/theme.css';
import { createWebPage, type StandardAppRouter } from '@taskwire/web-kit';
import { createTaskwireClient } from '@taskwire/client';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { PageContext } from './hooks/use-page.ts';

const container = document.getElementById('root');
if (container === null) throw new Error('index.html has no element "root"');

const page = createWebPage(window, createTaskwireClient<StandardAppRouter>);

createRoot(container).render(
  <StrictMode>
    <PageContext value={page}>
      <App />
    </PageContext>
  </StrictMode>,
);
