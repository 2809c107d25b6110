// Runs programs until Ctrl-C, and shows their output. Loads no database code.
export { prepareProgramFolder, type ProgramFolder } from './data/program-folder.ts';
export { createDevView } from './dev/dev-view.ts';
export { Cleanup } from './programs/cleanup.ts';
export { Interrupted, INTERRUPTED_STATUS, listenForInterruption } from './programs/interruption.ts';
export { choosePort } from './programs/port.ts';
export { startReloadingNode } from './programs/reloading-node.ts';
export type { ReloadingProgram } from './programs/reloading-program.ts';
export { startService, type Service } from './programs/service.ts';
export { Supervisor } from './programs/supervisor.ts';
export { Problem, toProblem } from './terminal/problem.ts';
export { colors, formatDuration, printLine, printProblem, step } from './terminal/terminal.ts';
