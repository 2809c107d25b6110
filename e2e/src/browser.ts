import { chromium, type Browser, type Page } from 'playwright-core';

/** Chromium without anything that calls home. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--disable-quic',
    ],
  });
}

/** The browser's own complaints about a page: scripts that threw, resources that were refused. */
export function complaints(page: Page): string[] {
  const found: string[] = [];
  page.on('pageerror', (error) => found.push(error.message));
  page.on('console', (entry) => {
    if (entry.type() === 'error') found.push(entry.text());
  });
  return found;
}
