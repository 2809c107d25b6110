// @vitest-environment happy-dom
// @vitest-environment-options {"settings":{"fetch":{"disableSameOriginPolicy":true}}}
import { testLists, testTaskPage, type ShowApp } from '@taskwire/web-kit/testing';
import { createRoot } from 'react-dom/client';
import { describe } from 'vitest';
import { App } from './app.tsx';
import { PageContext } from './hooks/use-page.ts';

const show: ShowApp = (page, element) => {
  const root = createRoot(element);
  root.render(
    <PageContext value={page}>
      <App />
    </PageContext>,
  );
  return () => root.unmount();
};

describe('the page of a task', () => testTaskPage(show));
describe('lists', () => testLists(show));
