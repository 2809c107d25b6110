import { expect, it } from 'vitest';

import type { DevOptions } from './dev-options.ts';
import { programVariables, type Variables } from './dev-variables.ts';

const PLACE = {
  ...{ databaseUrl: 'postgresql://127.0.0.1/x', redisUrl: 'redis://127.0.0.1', authSecret: 'secret' },
  ...{ uploads: '/team/.taskwire/uploads', serverPort: 4000, pagePort: 5173 },
};

function variablesOf(variables: Variables): Variables {
  const unused = async () => {
    throw new Error('not used here');
  };
  const options: DevOptions = {
    ...{ folder: '/team', server: '/team/server.ts', worker: '/team/worker.ts', typescriptLoader: '', verbose: false },
    ...{ variables, migrate: unused, issueToken: unused },
  };
  return programVariables(options, PLACE);
}

it('uploads lie in the folder for development, unless the person names another folder or a bucket', () => {
  expect(variablesOf({ UPLOAD_S3_BUCKET: '' })).toMatchObject({ UPLOAD_DIRECTORY: '/team/.taskwire/uploads' });
  expect(variablesOf({ UPLOAD_DIRECTORY: '/srv' })).toMatchObject({ UPLOAD_DIRECTORY: '/srv' });
  expect(variablesOf({ UPLOAD_S3_BUCKET: 'files' })).not.toHaveProperty('UPLOAD_DIRECTORY');
});
