// For tests of packages with procedures and routes.
export {
  createBacking,
  startTestApi,
  type Backing,
  type TestApi,
  type TestServer,
  type TestServerOptions,
} from './test-server.ts';
export { fileForm } from './form.ts';
