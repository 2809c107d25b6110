import { printProblem, toProblem } from '@taskwire/dev-stack/programs';
import { parseOptions, usage, type StartOptions } from './start/options.ts';
import { start } from './start/start.ts';

function readOptions(): StartOptions | number {
  try {
    const options = parseOptions(process.argv.slice(2));
    if (options !== undefined) return options;
    process.stdout.write(`${usage}\n`);
    return 0;
  } catch (error) {
    printProblem(toProblem(error));
    return 2;
  }
}

// The terminal may be closed before everything is stopped: what is said then is lost, and nothing else.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

const options = readOptions();
process.exit(typeof options === 'number' ? options : await start(options));
