import { readFile } from 'node:fs/promises';
import { asset } from './assets.js';

/** Reads a file of the page that draws drafts, as `npm run build:page` leaves it. */
export function readPreviewFile(name: 'page.js' | 'page.css'): Promise<string> {
  return readFile(asset('dist', 'preview', name), 'utf8');
}
