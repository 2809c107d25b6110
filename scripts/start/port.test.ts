import { createServer, type Server } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { choosePort } from './port.ts';

let server: Server;
let taken: number;

beforeEach(async () => {
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  taken = typeof address === 'object' && address !== null ? address.port : 0;
});

afterEach(async () => {
  await new Promise((resolve) => server.close(resolve));
});

describe('the port', () => {
  it('that was asked for and is taken is refused, with the remedy', async () => {
    await expect(choosePort(taken)).rejects.toMatchObject({
      message: expect.stringContaining(String(taken)),
      remedy: expect.stringContaining('--port'),
    });
  });

  it('that no browser would open is refused', async () => {
    await expect(choosePort(6000)).rejects.toThrow(/Browsers refuse .*6000/);
  });

  it('is free if none was asked for, and a remark says so if it is not the usual one', async () => {
    const { port, remark } = await choosePort(undefined);
    expect(port).not.toBe(taken);
    expect(remark === undefined).toBe(port === 4000);
  });
});
