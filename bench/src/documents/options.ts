import { parseArgs } from 'node:util';
import { UsageError } from '../usage-error.ts';

export const PART_NAMES = ['reading', 'speed', 'worst', 'search', 'latency'] as const;
export type PartName = (typeof PART_NAMES)[number];

export const DOCUMENTS_USAGE = `usage: pnpm bench documents [--folder PATH] [--parts ${PART_NAMES.join(',')}] [--chunks N] [--worst-mib N]
                            [--repeats N] [--losses N] [--json]

Reads documents as the worker does, each in a process of its own, and searches them in a started Taskwire. The corpus is
generated: 24 languages in every format, cases of one peculiarity each, and worst cases. Prints what was read and what
was lost, and "missed" where a figure is outside its bound.

  reading        the text read from each format, and the lost words
  speed          large documents: pages a second (PDF: beside unpdf alone), memory, the longest time without progress
  worst          documents that are made to be slow
  search         recall@5 of questions in each language, through the api and the worker
  latency        time of a search among many chunks

  --folder PATH   reads the files of this folder in place of the corpus (reading only, unless --parts names more)
  --parts a,b     only these parts
  --chunks N      chunks that latency searches among; 5000 if absent, 160000 for the bound
  --worst-mib N   size (MiB) of each worst case; 2 if absent, 10 for the bound
  --repeats N     readings of each PDF beside unpdf alone, of which the median counts; 1 if absent, 5 for the bound
  --losses N      how many documents with lost words are named; 20 if absent
  --json          one JSON object a line, and no table`;

export interface DocumentsOptions {
  /** The folder to read; undefined: the generated corpus. */
  folder: string | undefined;
  parts: readonly PartName[];
  chunks: number;
  worstMib: number;
  repeats: number;
  losses: number;
  json: boolean;
}

const DEFAULT_CHUNKS = 5_000;
const MOST_CHUNKS = 1_000_000;
const DEFAULT_WORST_MIB = 2;
const MOST_WORST_MIB = 100;
const DEFAULT_REPEATS = 1;
const MOST_REPEATS = 100;
const DEFAULT_LOSSES = 20;
const MOST_LOSSES = 100_000;

/**
 * Reads the words behind `pnpm bench documents`.
 * @returns undefined if help was asked for.
 * @throws UsageError that names the option.
 */
export function parseDocumentsOptions(words: readonly string[]): DocumentsOptions | undefined {
  const values = read(words);
  if (values.help === true) return undefined;
  if (values.folder === '') throw new UsageError('--folder takes the path of a folder');
  return {
    folder: values.folder,
    parts: partsOf(values.parts, values.folder),
    chunks: wholeNumber('--chunks', values.chunks, MOST_CHUNKS) ?? DEFAULT_CHUNKS,
    worstMib: wholeNumber('--worst-mib', values['worst-mib'], MOST_WORST_MIB) ?? DEFAULT_WORST_MIB,
    repeats: wholeNumber('--repeats', values.repeats, MOST_REPEATS) ?? DEFAULT_REPEATS,
    losses: wholeNumber('--losses', values.losses, MOST_LOSSES) ?? DEFAULT_LOSSES,
    json: values.json === true,
  };
}

function read(words: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: words.filter((word) => word !== '--'),
      options: {
        folder: { type: 'string' },
        parts: { type: 'string' },
        chunks: { type: 'string' },
        'worst-mib': { type: 'string' },
        repeats: { type: 'string' },
        losses: { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    return values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function partsOf(list: string | undefined, folder: string | undefined): readonly PartName[] {
  if (list === undefined) return folder === undefined ? PART_NAMES : ['reading'];
  return list.split(',').map((word) => {
    const name = PART_NAMES.find((each) => each === word.trim());
    if (name !== undefined) return name;
    throw new UsageError(`--parts takes names of ${PART_NAMES.join(', ')}, not "${word}"`);
  });
}

function wholeNumber(option: string, text: string | undefined, most: number): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (/^\d+$/.test(text) && number >= 1 && number <= most) return number;
  throw new UsageError(`${option} takes a whole number from 1 to ${most}, not "${text}"`);
}
