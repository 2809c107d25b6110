import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { imagesInBox, type ReadingLimits } from '@taskwire/documents';
import { encodeImage } from './image-file.ts';
import { ProgramError, runProgram } from './run-program.ts';

/** Resolution (dots per inch) that text recognition expects. */
const RESOLUTION = 300;

/** A page of a PDF, and the folder for its pictures. */
export interface PictureRequest {
  path: string;
  page: number;
  folder: string;
  limits: ReadingLimits;
  limitMs: number;
  signal: AbortSignal;
}

/**
 * Makes pictures of a page. `pdftoppm`, if installed, draws the whole page. Otherwise the pictures are the page's
 * images, in drawing order.
 * @returns the paths of the pictures.
 */
export async function picturesOf(request: PictureRequest): Promise<string[]> {
  try {
    return [await drawnPage(request)];
  } catch (error) {
    if (error instanceof ProgramError) return shownImages(request);
    throw error;
  }
}

async function drawnPage({ path, page, folder, limits, limitMs, signal }: PictureRequest): Promise<string> {
  const target = join(folder, 'page');
  const options = ['-singlefile', '-gray', '-r', `${RESOLUTION}`, '-f', `${page}`, '-l', `${page}`];
  const command = ['pdftoppm', ...options, path, target];
  await runProgram({ command, limitMs, signal, memoryMiB: limits.memoryMiB, isOffline: true });
  return `${target}.pgm`;
}

async function shownImages({ path, page, folder, limits, signal }: PictureRequest): Promise<string[]> {
  const files: string[] = [];
  for await (const image of imagesInBox({ path, pages: [page], limits, signal })) {
    const file = join(folder, `image-${files.length}.ppm`);
    await writeFile(file, encodeImage(image));
    files.push(file);
  }
  return files;
}
