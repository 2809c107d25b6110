import { parse } from 'yaml';
import type { SectionCollector } from '../../section-collector.ts';

/** Longest block of settings (characters). */
const LONGEST = 20_000;
/** Nested settings deeper than this are left out. */
const DEEPEST = 20;
const ENDS: ReadonlyMap<string, RegExp> = new Map([
  ['---', /^(?:---|\.\.\.)[ \t]*$/],
  ['+++', /^\+\+\+[ \t]*$/],
]);

/**
 * Takes the settings that a document may begin with: YAML between `---`, or TOML between `+++`.
 * Undecided → taken or refused. A refused block is Markdown: `---` in the first line may be a rule.
 */
export class FrontMatter {
  #lines: string[] = [];
  #length = 0;
  #state: 'undecided' | 'decided' = 'undecided';

  /**
   * Takes the next line while undecided.
   * @returns undefined while the block goes on; else the lines that are Markdown, after the settings went to `collector`.
   */
  line(line: string, collector: SectionCollector): string[] | undefined {
    if (this.#state === 'decided') return [line];
    this.#lines.push(line);
    this.#length += line.length;
    const [first = '', ...rest] = this.#lines;
    const mark = first.trimEnd();
    const end = ENDS.get(mark);
    if (end === undefined || this.#length > LONGEST) return this.end();
    if (rest.length === 0) return undefined;
    // A rule stands apart from the text below it, settings follow at once.
    if (rest.length === 1 && line.trim() === '') return this.end();
    return end.test(line) ? this.#take(settingsOf(mark, rest.slice(0, -1).join('\n')), collector) : undefined;
  }

  /** The lines that are held, as Markdown, when the document ends or the block is refused. */
  end(): string[] {
    const lines = this.#lines;
    this.#decide();
    return lines;
  }

  #take(settings: Settings | undefined, collector: SectionCollector): string[] {
    if (settings === undefined) return this.end();
    this.#decide();
    if (settings.title !== '') collector.startHeading(settings.title, 1);
    collector.addParagraph(settings.text);
    return [];
  }

  #decide(): void {
    this.#lines = [];
    this.#state = 'decided';
  }
}

interface Settings {
  /** Empty: none. */
  title: string;
  /** All other settings, a line each. */
  text: string;
}

/** The settings of a block; undefined: it holds none. Settings in YAML that is broken are kept as they stand. */
function settingsOf(mark: string, block: string): Settings | undefined {
  if (!/^["'\w][^\n]*?[:=]/m.test(block)) return undefined;
  const value = mark === '---' ? parsedYaml(block) : undefined;
  if (value === undefined) {
    return { title: /^\s*title\s*[:=]\s*["']?(.*?)["']?\s*$/im.exec(block)?.[1] ?? '', text: block };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const settings = new Map<string, unknown>(Object.entries(value));
  const title = describe(settings.get('title'));
  settings.delete('title');
  return { title, text: [...settings].map(([key, each]) => `${key}: ${describe(each)}`).join('\n') };
}

/** Aliases are not followed: they make small texts large. @returns undefined if the block is no YAML. */
function parsedYaml(block: string): unknown {
  try {
    return parse(block, { maxAliasCount: 0, logLevel: 'error' });
  } catch {
    return undefined;
  }
}

function describe(value: unknown, depth = 0): string {
  if (value === null || value === undefined || depth > DEEPEST) return '';
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((each: unknown) => describe(each, depth + 1)).join(', ');
  if (typeof value !== 'object') return typeof value === 'string' ? value : JSON.stringify(value);
  return Object.entries(value)
    .map(([key, each]) => `${key}: ${describe(each, depth + 1)}`)
    .join(', ');
}
