import { expect, it } from 'vitest';

import type { DevOptions } from './dev-options.ts';
import { pageVariables, programVariables, serverUrl, type Variables } from './dev-variables.ts';

const PLACE = {
  ...{ databaseUrl: 'postgresql://127.0.0.1/x', redisUrl: 'redis://127.0.0.1', authSecret: 'secret' },
  ...{ uploads: '/team/.taskwire/uploads', serverPort: 4000, path: '', pagePort: 5173 },
};

function optionsOf(variables: Variables): DevOptions {
  const unused = async () => {
    throw new Error('not used here');
  };
  return {
    ...{ folder: '/team', server: '/team/server.ts', worker: '/team/worker.ts', typescriptLoader: '', verbose: false },
    ...{ variables, migrate: unused, issueToken: unused },
  };
}

function variablesOf(variables: Variables): Variables {
  return programVariables(optionsOf(variables), PLACE);
}

it('uploads lie in the folder for development, unless the person names another folder or a bucket', () => {
  expect(variablesOf({ UPLOAD_S3_BUCKET: '' })).toMatchObject({ UPLOAD_DIRECTORY: '/team/.taskwire/uploads' });
  expect(variablesOf({ UPLOAD_DIRECTORY: '/srv' })).toMatchObject({ UPLOAD_DIRECTORY: '/srv' });
  expect(variablesOf({ UPLOAD_S3_BUCKET: 'files' })).not.toHaveProperty('UPLOAD_DIRECTORY');
});

it('the page learns where Taskwire is: at the root, or at the path in the server of the team', () => {
  const url = 'http://127.0.0.1:4000';
  expect(serverUrl(PLACE)).toBe(url);
  expect(pageVariables(optionsOf({}), { ...PLACE, path: '/taskwire' }, 'token')).toMatchObject({
    TASKWIRE_URL: `${url}/taskwire`,
    VITE_TASKWIRE_URL: `${url}/taskwire`,
  });
});
