import PostalMime, { type Attachment, type Email } from 'postal-mime';
import { DEFAULT_LIMITS, limitExceeded, type ReadingLimits } from '../../limits.ts';
import { SectionCollector } from '../../section-collector.ts';
import type { ParsedPart } from '../../section.ts';
import { HtmlText } from '../html-text.ts';
import { messageLines } from './message-lines.ts';

/** Deepest nesting of forwarded messages that is read. */
const MOST_MESSAGES_DEEP = 10;
/** Heading level of the outermost subject: all subjects stand above the headings (from 1) within their messages. */
const OUTERMOST_LEVEL = -MOST_MESSAGES_DEEP;
/** Characters of a body per part. */
const PIECE_CHARACTERS = 65_536;
/** Names of attached files that a warning lists. */
const MOST_NAMES = 20;

interface Message {
  bytes: Uint8Array;
  level: number;
}

/**
 * Reads an e-mail message (EML): the subject as heading, then sender, receivers and date, then its HTML or else its
 * text. Forwarded messages follow below it. Other attached files are only named.
 * @throws DocumentError DOCUMENT_TOO_COMPLEX if its parts are nested too deep.
 */
export async function* parseEml(
  bytes: Uint8Array,
  limits: ReadingLimits = DEFAULT_LIMITS,
): AsyncGenerator<ParsedPart, void> {
  const collector = new SectionCollector();
  const total = bytes.length;
  const waiting: Message[] = [{ bytes, level: OUTERMOST_LEVEL }];
  const unread: string[] = [];
  let done = 0;
  for (let message = waiting.shift(); message !== undefined; message = waiting.shift()) {
    const email = await parseMessage(message.bytes, limits);
    const { forwarded, others } = divide(email.attachments, message.level);
    collector.startHeading(email.subject ?? '', message.level);
    collector.addParagraph(messageLines(email, others));
    for (const write of bodyWriters(email, collector)) {
      write();
      yield { sections: collector.take(), pages: 1, done, total };
    }
    unread.push(...others);
    waiting.unshift(...forwarded.map((content) => ({ bytes: content, level: message.level + 1 })));
    done = Math.max(done, total - waiting.reduce((sum, { bytes: rest }) => sum + rest.length, 0));
  }
  yield { sections: collector.finish(), pages: 1, done: total, total, ...warningOf(unread) };
}

async function parseMessage(bytes: Uint8Array, limits: ReadingLimits): Promise<Email> {
  try {
    return await PostalMime.parse(bytes, { forceRfc822Attachments: true });
  } catch (error) {
    throw limitExceeded('depth', limits, error);
  }
}

/** The messages that a message forwards, and the names of its other files. */
function divide(attachments: readonly Attachment[], level: number): { forwarded: Uint8Array[]; others: string[] } {
  const forwarded: Uint8Array[] = [];
  const others: string[] = [];
  for (const { mimeType, content, filename, related } of attachments) {
    const bytes = typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content);
    if (mimeType === 'message/rfc822' && level < OUTERMOST_LEVEL + MOST_MESSAGES_DEEP) forwarded.push(bytes);
    else if (related !== true) others.push(filename ?? `unnamed (${mimeType})`);
  }
  return { forwarded, others };
}

/** Writes a message's body, one piece per call. */
function* bodyWriters(email: Email, collector: SectionCollector): Generator<() => void, void> {
  const { html = '', text = '' } = email;
  if (html.trim() === '') {
    for (const piece of piecesOf(text)) yield () => collector.add(piece);
  } else {
    const reader = new HtmlText(collector);
    for (const piece of piecesOf(html)) yield () => reader.write(piece);
    yield () => reader.end();
  }
  yield () => collector.addParagraph('');
}

function* piecesOf(text: string): Generator<string, void> {
  for (let start = 0; start < text.length; start += PIECE_CHARACTERS) yield text.slice(start, start + PIECE_CHARACTERS);
}

function warningOf(names: readonly string[]): { warning?: string } {
  if (names.length === 0) return {};
  const listed = names.slice(0, MOST_NAMES).join(', ');
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  return { warning: `attached files are not read (upload them by themselves): ${listed}${more}` };
}
