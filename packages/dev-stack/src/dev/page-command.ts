import { delimiter, dirname, join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

import { HOST } from './dev-variables.ts';

/** Vite without a port of its own gets one: else it moves on by itself, and a bookmark of the page leads nowhere. */
const VITE_WITHOUT_PORT = /^(?:npx )?vite(?![^ ])(?! build| preview)(?:(?! --port).)*$/;

/** The shell command that serves the page on a port, if it is known how to say so. */
export function pageCommand(command: string, port: number): string {
  if (!VITE_WITHOUT_PORT.test(command)) return command;
  return `${command} --host ${HOST} --port ${port} --strictPort --clearScreen false`;
}

const LOCAL_URL = /https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\]):(?<port>\d+)[^\s]*/;

/** The address of the page that a line of the command's output names; the server's is another one. */
export function pageUrlIn(line: string, server: string): string | undefined {
  const found = LOCAL_URL.exec(stripVTControlCharacters(line));
  return found?.groups?.['port'] === new URL(server).port ? undefined : found?.[0];
}

/** `PATH` with the commands of the packages that the folder and its parents have installed. */
export function pathWithPackages(folder: string, searchPath: string): string {
  const folders: string[] = [];
  for (let each = folder; ; each = dirname(each)) {
    folders.push(join(each, 'node_modules', '.bin'));
    if (dirname(each) === each) return [...folders, searchPath].join(delimiter);
  }
}
