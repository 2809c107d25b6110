import { createWriteStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { createLogger } from '@taskwire/process-kit';
import { useTemporaryFolder } from '@taskwire/test-kit/vitest';
import { FolderStorage } from '@taskwire/uploads';
import express from 'express';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAuthenticator } from '../auth/authenticate.ts';
import { bearer } from '../auth/bearer.ts';
import { answerErrors } from '../http/answers/answer-errors.ts';
import { requestLog } from '../http/log/request-log.ts';
import { urlOf } from '../http/listening.ts';
import { fileForm } from '../testing/form.ts';
import { uploadRoute } from './upload-route.ts';

const authenticate = bearer({ secret: 'a secret of the tests, long enough to be one' });
const authority = authenticate.tokens;
const directory = useTemporaryFolder('full');
let server: Server;
const lines: string[] = [];

beforeAll(async () => {
  const app = express();
  const destination = { write: (line: string) => void lines.push(line) };
  app.use(requestLog(createLogger({ service: 'api', level: 'debug', destination })));
  const authenticator = createAuthenticator(authenticate, { usesCookies: false, signInHint: '' });
  const route = uploadRoute(authenticator, {
    // The system's own device on which there is never any room.
    storage: new FolderStorage({ directory: directory.path, createFile: () => createWriteStream('/dev/full') }),
    maxBytes: 1_000_000,
    acceptedMediaTypes: ['text/plain'],
    record: () => Promise.resolve(),
    checkQuota: () => Promise.resolve(),
  });
  app.use(answerErrors(route));
  server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(async () => {
  server.close();
});

test.each([1, 70_000, 900_000])(
  'a full disk is the server’s own failure, in words, in its log and by its status: %d bytes',
  async (bytes) => {
    lines.length = 0;
    const response = await fetch(`${urlOf(server, '127.0.0.1')}/uploads`, {
      method: 'POST',
      headers: { authorization: `Bearer ${(await authority.issue('ada')).token}` },
      body: fileForm('x'.repeat(bytes), 'words.txt'),
    });
    expect(response.status).toBe(507);
    expect(await response.json()).toEqual({
      error: { code: 'INSUFFICIENT_STORAGE', message: 'the server has no room left for uploads', fields: [] },
    });
    expect(response.headers.get('retry-after')).not.toBeNull();
    const errors = lines.filter((line) => line.includes('"level":50') && line.includes('ENOSPC'));
    expect(errors).toHaveLength(1);
    expect(await readdir(directory.path)).toEqual([]);
  },
);
