import { expect, it } from 'vitest';
import { collect, sectionsOf } from '../../../testing/collect.ts';
import { parseEml } from './parse-eml.ts';

const message = (...lines: string[]) => Buffer.from(lines.join('\r\n'), 'latin1');

it('the subject is the heading of sender, receivers, date and text', async () => {
  const bytes = message(
    'From: =?utf-8?B?w4RkZGE=?= <a@example.org>',
    'To: b@example.org',
    'Subject: =?iso-8859-1?Q?Gr=FC=DFe?=',
    'Date: Fri, 27 Nov 2026 10:00:00 +0100',
    'Content-Type: text/plain; charset=iso-8859-1',
    'Content-Transfer-Encoding: quoted-printable',
    '',
    'sch=F6ne W=\r\nelt',
  );
  expect(await sectionsOf(parseEml(bytes))).toEqual([
    {
      page: 1,
      heading: 'Grüße',
      text: 'From: Ädda <a@example.org>\nTo: b@example.org\nDate: 2026-11-27 09:00:00 UTC\n\nschöne Welt',
    },
  ]);
});

it('HTML replaces the same plain text, forwarded messages follow below, attached files are named', async () => {
  const bytes = message(
    'Subject: outer',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=x',
    '',
    '--x',
    'Content-Type: multipart/alternative; boundary=y',
    '',
    '--y',
    'Content-Type: text/plain',
    '',
    'the plain form',
    '--y',
    'Content-Type: text/html',
    '',
    '<h2>Part</h2><p>the <b>rich</b> form<script>no()</script>',
    '--y--',
    '--x',
    'Content-Type: application/pdf; name="report.pdf"',
    'Content-Disposition: attachment; filename="report.pdf"',
    '',
    'x',
    '--x',
    'Content-Type: message/rfc822',
    '',
    'Subject: inner',
    '',
    'quartz',
    '--x--',
  );
  const parts = await collect(parseEml(bytes));
  const sections = parts.flatMap((part) => part.sections);
  expect(sections).toEqual([
    { page: 1, heading: 'outer', text: 'Attached files: report.pdf' },
    { page: 1, heading: 'Part', headingPath: ['outer'], text: 'the rich form' },
    { page: 1, heading: 'inner', headingPath: ['outer'], text: 'quartz' },
  ]);
  expect(parts.at(-1)?.warning).toContain('report.pdf');
});

it('a message whose parts are nested too deep is refused', async () => {
  const deep = Array.from({ length: 400 }, (_, level) => [
    `Content-Type: multipart/mixed; boundary=b${level}`,
    '',
    `--b${level}`,
  ]);
  await expect(sectionsOf(parseEml(message('Subject: x', ...deep.flat(), '', 'end')))).rejects.toMatchObject({
    code: 'DOCUMENT_TOO_COMPLEX',
  });
});
