import { inRepository } from '../lib/repository.ts';
import { runProgram, type ProgramResult } from '../lib/run-program.ts';
import { findTypePrograms, writeSettings, type TypeProgram } from './type-programs.ts';

/** Checks the types of all programs that one compiler serves, one after the other: the compilers use several cores. */
export async function checkTypes(compiler: TypeProgram['compiler']): Promise<ProgramResult> {
  const programs = (await findTypePrograms()).filter((program) => program.compiler === compiler);
  const results: ProgramResult[] = [];
  for (const program of programs) results.push(await checkProgram(program));
  return {
    status: Math.max(...results.map(({ status }) => status)),
    output: results.map(({ output }) => output).join(''),
  };
}

async function checkProgram(program: TypeProgram): Promise<ProgramResult> {
  return runProgram({
    command: process.execPath,
    arguments: [compilerPath(program), '--noEmit', '--pretty', 'false', '-p', await writeSettings(program)],
  });
}

/** TypeScript's native compiler reads no Vue components, and vue-tsc needs TypeScript 6. */
function compilerPath({ compiler, folders: [folder = '.'] }: TypeProgram): string {
  if (compiler === 'vue-tsc') return inRepository(folder, 'node_modules', 'vue-tsc', 'bin', 'vue-tsc.js');
  return inRepository('node_modules', 'typescript-native', 'bin', 'tsc');
}
