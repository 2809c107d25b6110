import getPort, { portNumbers } from 'get-port';
import { type Service } from '@taskwire/dev-stack/programs';
import type { Addresses } from './report.ts';
import { apiUrl, HOST, startWebApp, webAppReady, type ServiceContext } from './services.ts';

const FIRST_WEB_PORT = 5173;

/** Starts the development servers of both web apps and waits for them. */
export async function startWebApps(
  context: ServiceContext,
  own: (starting: Promise<Service>) => Promise<Service>,
): Promise<Addresses> {
  const react = `http://${HOST}:${await freePort(FIRST_WEB_PORT)}/`;
  const vue = `http://${HOST}:${await freePort(Number(new URL(react).port) + 1)}/`;
  for (const [app, url] of [
    ['react', react],
    ['vue', vue],
  ] as const) {
    const service = await own(startWebApp(context, app, Number(new URL(url).port)));
    await webAppReady(service, url);
  }
  return { react, vue, api: apiUrl(context.port) };
}

function freePort(first: number): Promise<number> {
  return getPort({ port: portNumbers(first, first + 100) });
}
