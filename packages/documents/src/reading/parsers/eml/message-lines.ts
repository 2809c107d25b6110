import type { Address, Email } from 'postal-mime';

/** The lines in front of a message's text: sender, receivers, date, names of attached files. */
export function messageLines(email: Email, attachedFiles: readonly string[]): string {
  const lines: [label: string, value: string][] = [
    ['From', namesOf([email.from ?? []].flat())],
    ['To', namesOf(email.to)],
    ['Cc', namesOf(email.cc)],
    ['Date', (email.date ?? '').replace('T', ' ').replace(/\.000Z$/, ' UTC')],
    ['Attached files', attachedFiles.join(', ')],
  ];
  return lines
    .filter(([, value]) => value !== '')
    .map(([label, value]) => `${label}: ${value}`)
    .join('\n');
}

function namesOf(addresses: readonly Address[] = []): string {
  return addresses
    .map(({ name, address, group }) => {
      if (group !== undefined) return `${name}: ${namesOf(group)}`;
      return name === '' || name === address ? address : `${name} <${address}>`;
    })
    .join(', ');
}
