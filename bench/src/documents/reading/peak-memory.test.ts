import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { parsePeakResident, PeakMemory } from './peak-memory.ts';

describe('parsePeakResident', () => {
  it('reads the high-water mark, and 0 where there is none', () => {
    expect(parsePeakResident('Name:\tnode\nVmHWM:\t  123456 kB\nVmRSS:\t  1000 kB\n')).toBe(123_456);
    expect(parsePeakResident('Name:\tnode\n')).toBe(0);
  });
});

describe('PeakMemory', () => {
  it('sees the memory of a process that is started after it', async () => {
    const memory = new PeakMemory();
    const filled =
      "const kept = Buffer.alloc(150 * 1024 * 1024, 1); process.stdout.write('x'); setInterval(() => kept, 1e6)";
    const child = spawn(process.execPath, ['-e', filled], { stdio: ['ignore', 'pipe', 'ignore'] });
    try {
      await once(child.stdout, 'data');
      await vi.waitFor(() => expect(memory.highest()).toBeGreaterThan(150), { timeout: 20_000 });
    } finally {
      memory.stop();
      child.kill('SIGKILL');
    }
  });
});
