import { expect, it } from 'vitest';
import { sectionsOf } from '../../../../testing/collect.ts';
import { makeRawPage, makeRawPdf } from '../../../../testing/making/make-raw-pdf.ts';
import { parsePdf } from '../parse-pdf.ts';
import { withNativeMethods } from './native-methods.ts';

const ownPush = Object.getOwnPropertyDescriptor(Array.prototype, 'push');
const ownStringify = Object.getOwnPropertyDescriptor(JSON, 'stringify');

function expectOwnMethods(): void {
  expect(Object.getOwnPropertyDescriptor(Array.prototype, 'push')).toEqual(ownPush);
  expect(Object.getOwnPropertyDescriptor(JSON, 'stringify')).toEqual(ownStringify);
}

it('the reader of PDFs leaves the methods of the engine in place', async () => {
  await sectionsOf(parsePdf(makeRawPdf(makeRawPage('BT /F1 12 Tf 72 700 Td (saffron) Tj ET'))));
  expectOwnMethods();
});

it('a module that replaces methods of the engine and then fails leaves them in place', async () => {
  const load = () => {
    Object.defineProperty(JSON, 'stringify', { value: () => 'replaced', configurable: true, writable: true });
    return Promise.reject(new Error('no such module'));
  };
  await expect(withNativeMethods(load)).rejects.toThrow('no such module');
  expectOwnMethods();
});
