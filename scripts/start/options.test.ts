import { describe, expect, it } from 'vitest';
import { parseOptions } from './options.ts';

describe('the command line of start', () => {
  it('may be empty', () => {
    expect(parseOptions([])).toMatchObject({ once: false, dev: false, port: undefined });
  });

  it('may hold the -- that pnpm hands on', () => {
    expect(parseOptions(['--', '--once', '--port', '4100'])).toMatchObject({ once: true, port: 4100 });
  });

  it.each(['0', '65536', 'http', '-1', '4000.5'])('refuses %s as a port, naming --port', (port) => {
    expect(() => parseOptions([`--port=${port}`])).toThrow(/--port/);
  });

  it('refuses what it does not know, naming it', () => {
    expect(() => parseOptions(['--twice'])).toThrow(/--twice/);
  });

  it('answers a question for help with nothing to do', () => {
    expect(parseOptions(['--help'])).toBeUndefined();
  });
});
