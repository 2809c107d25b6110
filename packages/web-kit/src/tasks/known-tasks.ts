// The kinds that the web apps start, or show in a way of their own.
export { documentIngest } from '@taskwire/standard-tasks';
