import { resolve, sep } from 'node:path';
import express, { Router } from 'express';
import type { RouteHandler } from '../../routes.ts';

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/** One of the built web apps. */
export interface WebApp {
  /** Path of its pages: `/`, `/vue`. */
  path: string;
  /** Shown to people: "React". */
  name: string;
  /** Folder of its build. */
  directory: string;
}

/**
 * A built web app as static files. Files in `assets/` have a hash of their content in their names and never change; the
 * page that names them is requested each time. If the app is not built, the answer says so.
 */
export function webApp({ name, directory }: WebApp): RouteHandler {
  const router = Router();
  const root = resolve(directory);
  const assets = `${root}${sep}assets${sep}`;
  router.use(
    express.static(root, {
      setHeaders: (response, path) => {
        const forEver = path.startsWith(assets);
        response.setHeader('Cache-Control', forEver ? `public, max-age=${YEAR_SECONDS}, immutable` : 'no-cache');
      },
    }),
  );
  router.get('/', (_request, response) => {
    const text = `The ${name} app is not built: run its build (in Taskwire's own repository: npx pnpm@12 build).\n`;
    response.status(404).type('text/plain').send(text);
  });
  return router;
}
