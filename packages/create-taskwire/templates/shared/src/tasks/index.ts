import { countWords } from './count-words.ts';

/** Every task of this project. The server offers them, and a worker that lacks a handler for one does not compile. */
export const tasks = [countWords] as const;

export { countWords };
