import { LANGUAGE_SAMPLES, makeUnicodePdf, wrapLines, type LanguageSample } from '@taskwire/documents/testing';
import { percentile } from '../../report/statistics.ts';
import { stoppable } from '../../stoppable.ts';
import { startTaskwire, type TaskwireStack } from '../../taskwire/start-taskwire.ts';
import { ApiClient } from '../search/api-client.ts';
import { askQuestions, recallOf, type AskedQuestion } from '../search/ask-questions.ts';
import type { PartSettings } from './part-settings.ts';

/** Least share of words from the middle of a text whose paragraph is among the first five hits. */
const LEAST_RECALL = 0.95;
const PART = 'search';
const PDF_COLUMNS = 40;
/** Words not found that are named for a language. */
const NAMED_WORDS = 6;
const ALL = 'all';
/** Title first: the first paragraph stands on the second page. */
const FIRST_PAGE = 2;

/** A form in which the samples are ingested, each paragraph on a page of its own; each form has an owner of its own. */
interface Form {
  name: string;
  extension: string;
  write: (pages: readonly string[]) => Uint8Array;
}

const FORMS: readonly Form[] = [
  { name: 'plain text', extension: 'txt', write: (pages) => Buffer.from(pages.join('\f')) },
  {
    name: 'PDF',
    extension: 'pdf',
    write: (pages) => makeUnicodePdf(pages.map((page) => wrapLines(page, PDF_COLUMNS))),
  },
];

/** Ingests the samples through a started Taskwire, and asks its search for a word of each paragraph. */
export async function measureSearch({ report, say, signal }: PartSettings): Promise<void> {
  const stack = await startTaskwire();
  try {
    await stoppable(signal, stack.startWorker());
    for (const form of FORMS) {
      say(`  ${LANGUAGE_SAMPLES.length} languages as ${form.name}`);
      reportSearch(form.name, await askForm(stack, form, signal), report);
    }
  } finally {
    await stack.stop();
  }
}

async function askForm(stack: TaskwireStack, form: Form, signal: AbortSignal): Promise<AskedQuestion[]> {
  const client = new ApiClient({ url: stack.url, token: await stack.tokenOf(`reader-of-${form.extension}`) });
  const fileNameOf = ({ language }: LanguageSample) => `${language}.${form.extension}`;
  const tasks: string[] = [];
  for (const sample of LANGUAGE_SAMPLES) {
    const pages = [sample.title, ...sample.paragraphs.map(({ text }) => text)];
    tasks.push(await client.ingest(fileNameOf(sample), Uint8Array.from(form.write(pages))));
  }
  for (const taskId of tasks) await client.finished(taskId, signal);
  const asked: AskedQuestion[] = [];
  for (const sample of LANGUAGE_SAMPLES) {
    const place = { fileName: fileNameOf(sample), pageOf: (paragraph: number) => paragraph + FIRST_PAGE };
    const search = (query: string, limit: number) => stoppable(signal, client.search(query, limit));
    asked.push(...(await askQuestions(sample, place, search)));
  }
  return asked;
}

function reportSearch(form: string, asked: readonly AskedQuestion[], report: PartSettings['report']): void {
  const ofKind = (questions: readonly AskedQuestion[], kind: AskedQuestion['kind']) =>
    questions.filter((question) => question.kind === kind);
  const rowOf = (language: string, questions: readonly AskedQuestion[]) => ({
    form,
    language,
    questions: questions.length,
    word: recallOf(ofKind(questions, 'word')),
    inflected: recallOf(ofKind(questions, 'inflected')),
    p50: percentile(
      questions.map(({ milliseconds }) => milliseconds),
      0.5,
    ),
    p95: percentile(
      questions.map(({ milliseconds }) => milliseconds),
      0.95,
    ),
    notFound: language === ALL ? undefined : missesOf(ofKind(questions, 'word')),
  });
  const languages = LANGUAGE_SAMPLES.map(({ name }) =>
    rowOf(
      name,
      asked.filter(({ language }) => language === name),
    ),
  );
  report.table({
    part: PART,
    title: `Search: recall@5 of documents as ${form}`,
    columns: [
      { key: 'language', heading: 'language' },
      { key: 'questions', heading: 'questions' },
      { key: 'word', heading: 'word of the text', digits: 3 },
      { key: 'inflected', heading: 'another form', digits: 3 },
      { key: 'p50', heading: 'p50 ms', digits: 1 },
      { key: 'p95', heading: 'p95 ms', digits: 1 },
      { key: 'notFound', heading: 'words not found' },
    ],
    rows: [...languages, rowOf(ALL, asked)],
  });
  const least = Math.min(...languages.map(({ word = 0 }) => word));
  report.bounds([
    {
      name: `${form}: recall@5 of words, all languages`,
      value: recallOf(ofKind(asked, 'word')) ?? 0,
      least: LEAST_RECALL,
      digits: 3,
    },
    { name: `${form}: recall@5 of words, the lowest of a language`, value: least, least: LEAST_RECALL, digits: 3 },
  ]);
}

/** The first words that were not found; undefined if all were. */
function missesOf(questions: readonly AskedQuestion[]): string | undefined {
  const misses = questions.filter(({ isFound }) => !isFound).map(({ question }) => question);
  if (misses.length === 0) return undefined;
  return [...misses.slice(0, NAMED_WORDS), ...(misses.length > NAMED_WORDS ? ['…'] : [])].join(' ');
}
