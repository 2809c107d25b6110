import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

/** Keeps some 40 MiB, and 400 times 1 MiB for a short while. Prints the largest heap (MiB). */
const PROGRAM = `
  const rows = (count) => Array.from({ length: count }, (_, index) => ({ index, text: 'row ' + index }));
  const kept = rows(500_000);
  const recent = [];
  let largest = 0;
  for (let batch = 0; batch < 400; batch += 1) {
    recent.push(rows(12_000));
    if (recent.length > 20) recent.shift();
    largest = Math.max(largest, process.memoryUsage().heapTotal);
  }
  console.log(Math.round(largest / 2 ** 20), kept.length);
`;

async function largestHeap(prelude: string): Promise<number> {
  const options = ['--conditions=taskwire-source', '--import', import.meta.resolve('tsx'), '--input-type=module'];
  const { stdout } = await promisify(execFile)(process.execPath, [...options, '--eval', prelude + PROGRAM]);
  return Number.parseInt(stdout, 10);
}

it('objects that live for a short while make the heap grow less', async () => {
  const limited = `import { limitHeapGrowth } from '${import.meta.resolve('./heap-growth.ts')}'; limitHeapGrowth();`;
  const [own, bounded] = [await largestHeap(''), await largestHeap(limited)];
  expect(bounded).toBeLessThan(own * 0.8);
});
