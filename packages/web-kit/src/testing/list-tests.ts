import { countTask } from '@taskwire/client/testing';
import { expect, test } from 'vitest';
import { LIST_PAGE_SIZE } from '../lists/document-list.ts';
import { appOfEachTest, byTestId, settled, type ShowApp } from './app-of-each-test.ts';

/** Number of rows: one page of a list and one row of the next page. */
const ROWS = LIST_PAGE_SIZE + 1;

/** Tests how a web app's lists load their next page. */
export function testLists(show: ShowApp): void {
  const app = appOfEachTest(show);

  test('the list of documents loads its next page on a click, and then offers no further page', async () => {
    for (let row = 0; row < ROWS; row += 1) app.server.ports.documents.add({ ownerId: 'ann' });
    app.page.route.go({ page: 'documents' });
    await loadsMore();
  });

  test('the list of tasks loads its next page on a click, and then offers no further page', async () => {
    app.page.route.go({ page: 'documents' });
    await settled(() => expect(document.body.textContent).toContain('No documents yet'));
    const client = app.page.clients.getSnapshot();
    for (let row = 0; row < ROWS; row += 1) {
      const { taskId } = await client.tasks.create(countTask, { to: 10 });
      app.server.ports.events.write(taskId, { type: 'canceled' });
    }
    app.page.route.go({ page: 'tasks', filter: 'all' });
    await loadsMore();
  });
}

async function loadsMore(): Promise<void> {
  const rows = () => document.querySelectorAll('.task-list__item').length;
  await settled(() => expect(byTestId('load-more')?.textContent.trim()).toBe('Load more'));
  expect(rows()).toBe(ROWS - 1);
  byTestId('load-more')?.click();
  await settled(() => expect(rows()).toBe(ROWS));
  expect(byTestId('load-more')).toBeNull();
}
