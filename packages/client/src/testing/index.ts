export { SIGN_IN_CODE } from './fake-rest.ts';
export { FakeServer } from './fake-server.ts';
export { countTask, ingestTask, resizeTask } from './test-tasks.ts';
