import { parse } from 'yaml';
import type { SectionCollector } from '../../section-collector.ts';

/** Longest settings block (characters). */
const LONGEST = 20_000;
/** Largest depth of nested settings that are read. */
const DEEPEST = 20;
const ENDS: ReadonlyMap<string, RegExp> = new Map([
  ['---', /^(?:---|\.\.\.)[ \t]*$/],
  ['+++', /^\+\+\+[ \t]*$/],
]);

/**
 * Takes the settings block at the start of a document: YAML between `---`, or TOML between `+++`.
 * Modes: undecided → taken or refused. A refused block is Markdown, because `---` in the first line may be a rule.
 */
export class FrontMatter {
  #lines: string[] = [];
  #length = 0;
  #state: 'undecided' | 'decided' = 'undecided';

  /**
   * Takes the next line while undecided.
   * @returns undefined while the block continues; then the lines that are Markdown, after the settings went to
   * `collector`.
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
    // A blank line follows a rule; settings follow their mark at once.
    if (rest.length === 1 && line.trim() === '') return this.end();
    return end.test(line) ? this.#take(settingsOf(mark, rest.slice(0, -1).join('\n')), collector) : undefined;
  }

  /** The held lines, as Markdown, when the document ends or the block is refused. */
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
  /** Empty if there is none. */
  title: string;
  /** All other settings, one line each. */
  text: string;
}

/** The settings of a block; undefined if it holds none. Broken YAML stays as it is. */
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

/**
 * Parses YAML without following aliases, which make small texts large.
 * @returns undefined if the block is not YAML.
 */
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
