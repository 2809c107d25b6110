import { EnvironmentError } from '@taskwire/process-kit';
import { describe, expect, test } from 'vitest';
import { bearer } from './auth/bearer.ts';
import { readEnvironment, readSettings, type SettingSources } from './env.ts';
import type { SettingOptions } from './options.ts';

const good = {
  DATABASE_URL: 'postgresql://user:hunter2@localhost:5432/taskwire',
  REDIS_URL: 'redis://localhost:6379',
  AUTH_SECRET: 'f3Qz9kPx7Lw2Vb8Tn4Rm6Yc1Ds5Gh0Jq',
  UPLOAD_DIRECTORY: '/var/lib/taskwire',
};

function problemsOf(variables: Record<string, string | undefined>): readonly string[] {
  try {
    readEnvironment(variables);
    return [];
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems;
    throw error;
  }
}

test('an absent or empty variable has its default', () => {
  expect(readEnvironment({ ...good, PORT: '', LOG_LEVEL: undefined })).toMatchObject({
    host: '127.0.0.1',
    port: 4000,
    authMode: 'token',
    maxUploadBytes: 100 * 1024 * 1024,
    logLevel: 'info',
    drainMs: 10_000,
  });
});

test('all bad variables are named at once, one line each, by name, with a remedy, without their values', () => {
  const bad = {
    DATABASE_URL: 'mysql://root:hunter2@localhost/x',
    REDIS_URL: 'hunter2',
    AUTH_SECRET: 'hunter2',
    AUTH_MODE: 'hunter2',
    HOST: 'hunter2 hunter2',
    PORT: '70000',
    MAX_UPLOAD_BYTES: '12 hunter2',
    LOG_LEVEL: 'hunter2',
    DRAIN_MS: '-1',
  };
  const problems = problemsOf(bad);
  expect(problems.map((problem) => problem.split(':')[0])).toEqual([
    'DATABASE_URL',
    'REDIS_URL',
    'HOST',
    'PORT',
    'AUTH_SECRET',
    'AUTH_MODE',
    'MAX_UPLOAD_BYTES',
    'LOG_LEVEL',
    'DRAIN_MS',
    'UPLOAD_DIRECTORY',
  ]);
  expect(problems.every((problem) => /^[A-Z_]+: (is|dev) .+: .+/.test(problem) && !problem.includes('\n'))).toBe(true);
  expect(problems.join()).not.toMatch(/hunter2|70000/);
});

test.each([
  ['DATABASE_URL', 'postgresql://localhost/x?schema=hunter2;drop'],
  ['DATABASE_URL', 'postgresql://localhost/x?schema='],
  ['DATABASE_URL', 'postgresql://localhost/x?schema=a&schema=b'],
  ['REDIS_URL', 'redis://localhost/hunter2'],
  ['REDIS_URL', 'redis:///3'],
  ['REDIS_URL', 'http://localhost:6379'],
])('%s: %s is refused in one line, without the value', (name, value) => {
  const problems = problemsOf({ ...good, [name]: value });
  expect(problems).toEqual([expect.stringMatching(new RegExp(`^${name}: (?!.*hunter2).*give .+$`))]);
});

test.each([
  ['DATABASE_URL', 'postgresql://ada:x@localhost/x?schema=team_a&sslmode=disable'],
  ['REDIS_URL', 'rediss://ada:p%40ss@redis.example:6380/3'],
  ['REDIS_URL', 'redis://:secret@localhost'],
])('%s: %s is taken', (name, value) => {
  expect(problemsOf({ ...good, [name]: value })).toEqual([]);
});

test.each([
  ['f3Qz9kPx7Lw2Vb8Tn4Rm6Yc1Ds5Gh0J', /^AUTH_SECRET: is shorter than 32 characters: make one with `openssl rand/],
  ['a'.repeat(32), /^AUTH_SECRET: is easy to guess.*: make one with `openssl rand -base64 48`/],
  ['0'.repeat(64), /^AUTH_SECRET: is easy to guess/],
  ['changeme-changeme-changeme-changeme', /^AUTH_SECRET: holds a phrase/],
  ['12345678'.repeat(5), /^AUTH_SECRET: is easy to guess/],
])('a weak secret is refused with the command that makes a good one, and not shown', (weak, problem) => {
  const problems = problemsOf({ ...good, AUTH_SECRET: weak });
  expect(problems).toEqual([expect.stringMatching(problem)]);
  expect(problems.join()).not.toContain(weak);
});

test('signing in by name is refused in production, and unless only this machine can reach the server', () => {
  const dev = { ...good, AUTH_MODE: 'dev' };
  expect(problemsOf(dev)).toEqual([]);
  expect(problemsOf({ ...dev, HOST: 'localhost' })).toEqual([]);
  expect(problemsOf({ ...dev, HOST: '::1' })).toEqual([]);
  expect(problemsOf({ ...dev, NODE_ENV: 'production' })).toEqual([expect.stringMatching(/NODE_ENV/)]);
  expect(problemsOf({ ...dev, HOST: '0.0.0.0' })).toEqual([expect.stringMatching(/HOST/)]);
  expect(problemsOf({ ...dev, HOST: '127.evil.example' })).toEqual([expect.stringMatching(/HOST/)]);
  expect(problemsOf({ ...dev, HOST: '0.0.0.0', PORT: 'x', NODE_ENV: 'production' })).toHaveLength(3);
});

test('origins are taken as browsers send them', () => {
  const originsOf = (value: string) => readEnvironment({ ...good, CORS_ORIGINS: value }).corsOrigins;
  expect(originsOf('')).toEqual([]);
  expect(originsOf('http://localhost:5173')).toEqual(['http://localhost:5173']);
  expect(originsOf(' https://app.example , http://[::1]:8080,')).toEqual(['https://app.example', 'http://[::1]:8080']);
});

test.each([
  '*',
  'null',
  'app.example',
  'https://*.app.example',
  'https://app.example/',
  'https://app.example/path',
  'https://app.example:443',
  'https://APP.example',
  'https://ada:hunter2@app.example',
  'ftp://app.example',
  'file:///home',
  'https://app.example https://other.example',
  'https://app.example,*',
])('origins: %s is refused with the remedy', (value) => {
  expect(problemsOf({ ...good, CORS_ORIGINS: value })).toEqual([
    expect.stringMatching(/^CORS_ORIGINS: is not a list of origins: give each as a browser sends it.*no path, no \*/),
  ]);
});

describe('options', () => {
  const problems = (sources: SettingSources): readonly string[] => {
    try {
      readSettings(sources);
      return [];
    } catch (error) {
      if (error instanceof EnvironmentError) return error.problems;
      throw error;
    }
  };

  test('win over variables; the others come from the environment', () => {
    const options = { port: 0, corsOrigins: ['https://a.example', 'https://b.example'], demoTasks: true };
    const settings = readSettings({ options, variables: { ...good, PORT: '5000', DEMO_TASKS: 'off', DRAIN_MS: '5' } });
    expect(settings).toMatchObject({
      port: 0,
      corsOrigins: ['https://a.example', 'https://b.example'],
      hasDemoTasks: true,
      drainMs: 5,
    });
  });

  test.each<[SettingOptions, string]>([
    [{ port: 70_000 }, 'port: is not a whole number from 0 to 65535'],
    [{ port: 1.5 }, 'port: is not a whole number'],
    [{ maxUploadBytes: -1 }, 'maxUploadBytes: is not a whole number'],
    [{ redisUrl: 'hunter2' }, 'redisUrl: is not such a URL'],
    [{ databaseUrl: 'mysql://root:hunter2@localhost/x' }, 'databaseUrl: is not such a URL'],
    [{ corsOrigins: ['https://a.example/path'] }, 'corsOrigins: is not a list of origins'],
    [{ authSecret: 'hunter2' }, 'authSecret: '],
    [{ host: '0.0.0.0', authMode: 'dev' }, 'authMode: dev is refused unless HOST'],
    [{ uploadDirectory: '' }, 'uploadDirectory: is empty'],
    [{ uploadS3Bucket: 'bucket' }, 'UPLOAD_DIRECTORY: is given beside UPLOAD_S3_BUCKET'],
  ])('%j is refused by name', (options, problem) => {
    const found = problems({ options, variables: good });
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(problem);
    expect(found[0]).not.toContain('hunter2');
  });

  test('the secret is needed only by a server that signs tokens', () => {
    const { AUTH_SECRET: _secret, ...variables } = good;
    expect(problems({ variables })).toEqual([expect.stringMatching(/^AUTH_SECRET: is missing: /)]);
    expect(problems({ variables, needsSecret: false })).toEqual([]);
    expect(() => bearer({ secret: 'hunter2' })).toThrow(/^secret: /);
  });
});
