import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../limits.ts';
import { describeBoxEnd, type BoxEnd } from './box-end.ts';

const ended = (end: Partial<BoxEnd>) =>
  describeBoxEnd({ code: null, signal: null, errorOutput: '', ...end }, DEFAULT_LIMITS);

describe('describeBoxEnd', () => {
  it.each<[string, Partial<BoxEnd>, string]>([
    ['the watchdog', { signal: 'SIGKILL', errorOutput: '\ntaskwire-limit:memoryMiB\n' }, 'DOCUMENT_MEMORY_MIB'],
    [
      'the heap',
      { signal: 'SIGABRT', errorOutput: 'FATAL ERROR: JavaScript heap out of memory' },
      'DOCUMENT_MEMORY_MIB',
    ],
    ['the watchdog', { signal: 'SIGKILL', errorOutput: 'taskwire-limit:cpuSeconds' }, 'DOCUMENT_CPU_SECONDS'],
    ['the watchdog', { signal: 'SIGKILL', errorOutput: 'taskwire-limit:pageCpuSeconds' }, 'DOCUMENT_PAGE_CPU_SECONDS'],
    ['the kernel', { signal: 'SIGXCPU' }, 'DOCUMENT_CPU_SECONDS'],
    ['the kernel', { signal: 'SIGKILL' }, 'memory was short'],
  ])('names the limit that %s has enforced', (_, end, words) => {
    const failure = ended(end);
    expect(failure.code).toBe('DOCUMENT_TOO_COMPLEX');
    expect(failure.message).toContain(words);
  });

  it('calls anything else a crash, and keeps its details for the log', () => {
    const failure = ended({ signal: 'SIGSEGV', errorOutput: 'the last words' });
    expect(failure).toMatchObject({ code: 'DOCUMENT_UNREADABLE' });
    expect(String(failure.cause)).toContain('SIGSEGV: the last words');
    expect(failure.message).not.toContain('last words');
  });
});
