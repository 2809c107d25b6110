import { describe, expect, it } from 'vitest';

import { pageCommand, pageUrlIn, pathWithPackages } from './page-command.ts';

const SERVER = 'http://127.0.0.1:4000';

describe('the command of the page', () => {
  it.each(['vite', 'npx vite', 'vite --open'])('%s gets a port', (command) => {
    expect(pageCommand(command, 5173)).toBe(`${command} --host 127.0.0.1 --port 5173 --strictPort --clearScreen false`);
  });

  it.each(['vite --port 3000', 'vite preview', 'vite build --watch', 'next dev', 'npm run page', 'vitest'])(
    '%s stays as it is',
    (command) => {
      expect(pageCommand(command, 5173)).toBe(command);
    },
  );

  it('finds the commands of packages in its folder and above', () => {
    expect(pathWithPackages('/team/app', '/bin')).toBe(
      '/team/app/node_modules/.bin:/team/node_modules/.bin:/node_modules/.bin:/bin',
    );
  });
});

describe('the address of the page', () => {
  it('is the one that the command prints, colours or not', () => {
    const line = '  \u001b[32m➜\u001b[39m  Local:   \u001b[36mhttp://localhost:\u001b[1m5173\u001b[22m/app/\u001b[39m';
    expect(pageUrlIn(line, SERVER)).toBe('http://localhost:5173/app/');
    expect(pageUrlIn('see https://vite.dev/config', SERVER)).toBeUndefined();
    expect(pageUrlIn(`proxies to ${SERVER}/api`, SERVER)).toBeUndefined();
    expect(pageUrlIn('proxies to http://localhost:4000/api', SERVER)).toBeUndefined();
    expect(pageUrlIn('up: http://127.0.0.1:40001/', SERVER)).toBe('http://127.0.0.1:40001/');
  });
});
