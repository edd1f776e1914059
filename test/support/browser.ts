import chromium from '@sparticuz/chromium';
import { chromium as playwright, type Browser } from 'playwright-core';

/** A real browser: the one of the npm registry, or an installed Chrome named by SAMLING_TEST_CHROME. */
export async function openBrowser(): Promise<Browser> {
  const installed = process.env['SAMLING_TEST_CHROME'];
  return playwright.launch({
    executablePath: installed ?? (await chromium.executablePath()),
    args: installed === undefined ? [...chromium.args, '--no-sandbox'] : [],
    headless: true,
  });
}
