import { describe, expect, it } from 'vitest';
import type { Measurement } from '../../scenario.ts';
import { summarize } from '../statistics.ts';
import { renderPlot } from './render-plot.ts';

const PLOT = { x: 'watchers', y: 'p50Ms', title: 'Latency', xLabel: 'watchers', yLabel: 'ms', logX: true, logY: true };

function measured(name: string, watchers: number, p50Ms?: number): Measurement {
  return { name, watchers, rate: 10, delivered: 1, lost: 0, ...(p50Ms === undefined ? {} : { p50Ms }) };
}

function count(svg: string | undefined, part: string): number {
  return (svg?.split(part).length ?? 1) - 1;
}

describe('renderPlot', () => {
  it('draws a line with its name for each series, where x differs', () => {
    const all = [measured('taskwire', 1, 3), measured('taskwire', 10, 4), measured('b', 1, 5), measured('b', 10, 6)];
    const svg = renderPlot(PLOT, summarize(all));
    expect(count(svg, 'class="line"')).toBe(2);
    expect(svg).toContain('>taskwire</text>');
    expect(svg).toContain('>b</text>');
    expect(svg).toContain('>watchers</text>');
    expect(svg).toContain('>ms</text>');
  });

  it('draws bars with their figures where x is the same for all', () => {
    const svg = renderPlot(PLOT, summarize([measured('taskwire', 1, 3), measured('b', 1, 1_234)]));
    expect(count(svg, 'class="bar"')).toBe(2);
    expect(svg).toContain('>1,234</text>');
  });

  it('shows the spread of repeats', () => {
    const one = renderPlot(PLOT, summarize([measured('b', 1, 2), measured('b', 10, 2)]));
    const two = renderPlot(PLOT, summarize([measured('b', 1, 2), measured('b', 10, 2), measured('b', 10, 4)]));
    expect([count(one, 'class="spread"'), count(two, 'class="spread"')]).toEqual([0, 1]);
  });

  it('draws nothing that a logarithmic axis has no place for, and no plot of nothing', () => {
    const all = [measured('taskwire', 1, 3), measured('taskwire', 10, 0), measured('taskwire', 100, 4)];
    const svg = renderPlot(PLOT, summarize(all));
    expect(count(svg, '<circle')).toBe(2);
    expect(svg).not.toMatch(/NaN|Infinity/);
    expect(renderPlot(PLOT, summarize([measured('a', 1)]))).toBeUndefined();
  });

  it('reads on light and on dark pages, and lets no name break out of its text', () => {
    const svg = renderPlot(
      { ...PLOT, title: 'a <b> & "c"' },
      summarize([measured('<x>', 1, 3), measured('<x>', 2, 3)]),
    );
    expect(svg).toContain('prefers-color-scheme:dark');
    expect(svg).toContain('a &lt;b&gt; &amp; &quot;c&quot;');
    expect(svg).toContain('&lt;x&gt;');
    expect(svg).not.toContain('<x>');
  });
});
