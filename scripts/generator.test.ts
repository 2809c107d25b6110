import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { addDefinition, addHandler } from '../turbo/generators/edits.ts';
import { kindProblem, namesOf } from '../turbo/generators/names.ts';
import { inRepository } from './lib/repository.ts';

const kind = 'invoice.send-mail';
const names = namesOf(kind);
const FOLDER = 'packages/standard-tasks/src';

describe('the generator of task kinds', () => {
  it('finds its place in the list of definitions as it is now', async () => {
    const list = await readFile(inRepository(FOLDER, 'definitions', 'standard-tasks.ts'), 'utf8');
    const edited = addDefinition(list, names);
    expect(edited).toContain("import { invoiceSendMail } from './invoice-send-mail.ts';");
    expect(edited).toMatch(/standardTasks = \[[^\]]*\binvoiceSendMail\b/);
  });

  it('finds its place in the list of handlers as it is now', async () => {
    const list = await readFile(inRepository(FOLDER, 'worker', 'demo-handlers.ts'), 'utf8');
    const edited = addHandler(list, names);
    expect(edited).toContain("import { runInvoiceSendMail } from './handlers/invoice-send-mail.ts';");
    expect(edited).toMatch(/demoHandlers = \[[^\]]*\brunInvoiceSendMail\b/);
  });

  it('says so when a registry is not what it was made for', () => {
    expect(() => addDefinition("import { x } from './definitions/x.ts';\n", names)).toThrow(/registry has changed/);
    expect(() => addHandler('', names)).toThrow(/registry has changed/);
  });

  it.each(['Invoice.send', 'invoice', 'invoice.', 'invoice send', '9.lives'])('refuses the kind "%s"', (wrong) => {
    expect(kindProblem(wrong)).toMatch(/lower-case words/);
  });
});
