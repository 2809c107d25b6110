import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { addDefinition, addHandler } from '../turbo/generators/edits.ts';
import { kindProblem, namesOf } from '../turbo/generators/names.ts';
import { inRepository } from './lib/repository.ts';

const kind = 'invoice.send-mail';
const names = namesOf(kind);

describe('the generator of task kinds', () => {
  it('finds its places in the registry of definitions as it is now', async () => {
    const registry = await readFile(inRepository('packages', 'tasks', 'src', 'registry.ts'), 'utf8');
    const edited = addDefinition(registry, names);
    expect(edited).toContain("import { invoiceSendMail } from './definitions/invoice-send-mail.ts';");
    expect(edited).toContain('[invoiceSendMail.kind]: invoiceSendMail,');
    expect(edited).toMatch(/taskRequestSchema = [^;]*invoiceSendMail\.request\b/);
    expect(edited).toMatch(/taskRecordSchema = [^;]*invoiceSendMail\.record\b/);
    expect(edited).toMatch(/taskOutcomeSchema = [^;]*invoiceSendMail\.record\.omit\(\{ input: true \}\)/);
  });

  it('finds its places in the registry of handlers as it is now', async () => {
    const registry = await readFile(inRepository('apps', 'worker', 'src', 'handlers', 'index.ts'), 'utf8');
    const edited = addHandler(registry, kind, names);
    expect(edited).toContain("import { runInvoiceSendMail } from './invoice-send-mail.ts';");
    expect(edited).toMatch(/const handlers = \{[^}]*'invoice\.send-mail': runInvoiceSendMail,\n\} satisfies/);
  });

  it('says so when a registry is not what it was made for', () => {
    expect(() => addDefinition("import { x } from './definitions/x.ts';\n", names)).toThrow(/registry has changed/);
    expect(() => addHandler('', kind, names)).toThrow(/registry has changed/);
  });

  it.each(['Invoice.send', 'invoice', 'invoice.', 'invoice send', '9.lives'])('refuses the kind "%s"', (wrong) => {
    expect(kindProblem(wrong)).toMatch(/lower-case words/);
  });
});
