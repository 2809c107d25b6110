// For packages with commands of their own: the module `<package>/cli`.
export type { CommandBody, CommandContext, RegisterCommands, RunCommand } from './context.ts';
export { EXIT_STATUS } from './surroundings.ts';
export { openFile, parsePageRange, parseWholeNumber } from './input/option-parsers.ts';
export { UsageError } from './input/usage-error.ts';
export { formatTime } from './output/formats.ts';
export { plain, plainLines, type Colors } from './output/output.ts';
export { watchToEnd } from './watch/watch-to-end.ts';
