import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { createTemporaryFolder } from '../temporary-folder.ts';

const BUCKET = 'uploads';
/** The server's only account. It takes any secret of it. */
const ACCOUNT = 'S3RVER';

/** A server that speaks S3, with one bucket. */
export interface TestS3 {
  /** `http://127.0.0.1:port` */
  endpoint: string;
  bucket: string;
  /** The variables with the credentials, for processes that use it. */
  credentials: { AWS_ACCESS_KEY_ID: string; AWS_SECRET_ACCESS_KEY: string };
  /** Ends the server and deletes its files. */
  stop(): Promise<void>;
}

/** Starts a server on a free port; some 500 ms. @throws Error with its words if it does not start. */
export async function createTestS3(): Promise<TestS3> {
  const folder = await createTemporaryFolder('s3');
  const program = join(dirname(createRequire(import.meta.url).resolve('s3rver/package.json')), 'bin', 's3rver.js');
  // Its marks of pages are made with a cipher that newer versions of OpenSSL have put aside.
  const options = ['--openssl-legacy-provider', program, '--directory', folder.path, '--silent'];
  const server = spawn(process.execPath, [
    ...options,
    ...['--address', '127.0.0.1', '--port', '0', '--no-vhost-buckets', '--configure-bucket', BUCKET],
  ]);
  const endpoint = await endpointOf(server);
  return {
    endpoint,
    bucket: BUCKET,
    credentials: { AWS_ACCESS_KEY_ID: ACCOUNT, AWS_SECRET_ACCESS_KEY: ACCOUNT },
    async stop() {
      const ended = once(server, 'exit');
      server.kill('SIGKILL');
      await ended;
      await folder.remove();
    },
  };
}

async function endpointOf(server: ChildProcess): Promise<string> {
  const words: string[] = [];
  server.stderr?.on('data', (data: Buffer) => void words.push(data.toString()));
  if (server.stdout !== null) {
    for await (const line of createInterface({ input: server.stdout })) {
      const address = /listening on (\S+)$/.exec(line)?.[1];
      if (address !== undefined) return `http://${address}`;
    }
  }
  throw new Error(`the S3 server did not start: ${words.join('')}`);
}
