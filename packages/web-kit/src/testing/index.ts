export type { ShowApp } from './app-of-each-test.ts';
export { testLists } from './list-tests.ts';
export { testTaskPage } from './task-page-tests.ts';
