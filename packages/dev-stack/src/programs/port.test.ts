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
  if (server.listening) await new Promise((resolve) => server.close(resolve));
});

describe('the port', () => {
  it('that was asked for and is taken is refused, with the remedy', async () => {
    await expect(choosePort({ wanted: taken, usual: 4000 })).rejects.toMatchObject({
      message: expect.stringContaining(String(taken)),
      remedy: expect.stringContaining('--port'),
    });
  });

  it('that no browser would open is refused', async () => {
    await expect(choosePort({ wanted: 6000, usual: 4000 })).rejects.toThrow(/Browsers refuse .*6000/);
  });

  it('is free if none was asked for, and a remark says so if it is not the usual one', async () => {
    const { port, remark } = await choosePort({ usual: 4000 });
    expect(port).not.toBe(taken);
    expect(remark === undefined).toBe(port === 4000);
  });

  it('is that of the last start if it is free', async () => {
    const last = taken;
    await new Promise((resolve) => server.close(resolve));
    expect(await choosePort({ last, usual: 4000 })).toEqual({ port: last, remark: undefined });
  });

  it('is another one if that of the last start is taken, and a remark says so', async () => {
    const { port, remark } = await choosePort({ last: taken, usual: 4000 });
    expect(port).not.toBe(taken);
    expect(remark).toContain(`port ${taken} is taken, so this is ${port}`);
  });
});
