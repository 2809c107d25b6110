export { startLastDeadline } from './last-deadline.ts';
