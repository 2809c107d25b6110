// @vitest-environment happy-dom
// @vitest-environment-options {"settings":{"fetch":{"disableSameOriginPolicy":true}}}
import { testLists, testTaskPage, type ShowApp } from '@taskwire/web-kit/testing';
import { describe } from 'vitest';
import { createApp } from 'vue';
import App from './App.vue';
import { pageKey } from './composables/use-page.ts';

const show: ShowApp = (page, element) => {
  const app = createApp(App).provide(pageKey, page);
  app.mount(element);
  return () => app.unmount();
};

describe('the page of a task', () => testTaskPage(show));
describe('lists', () => testLists(show));
