import type { Browser, Page } from 'playwright-core';
import { startDemo, type Demo } from '../../src/cli/demo.js';
import type { DemoSession } from '../../src/cli/demo-session.js';
import { openBrowser } from './browser.js';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** The playground in a browser, and what a person does in it. */
export interface Playground {
  readonly page: Page;
  /** The programme that most is told of. */
  readonly saman: DemoSession;
  /** What scripts of the page failed with. */
  readonly faults: readonly string[];
  readonly become: (member: string) => Promise<void>;
  readonly say: (text: string) => Promise<void>;
  /** Resolves when the conversation holds a text. */
  readonly shows: (text: string) => Promise<unknown>;
  /** Presses the last button of this name. */
  readonly press: (name: string) => Promise<void>;
  /** Fills in the last field of this label. */
  readonly fill: (label: string, text: string) => Promise<void>;
  readonly choose: (label: string, value: string) => Promise<unknown>;
}

/**
 * Opens the playground before the tests of the suite in which this is called, and closes it after them.
 * @param beginMs the moment to which the demo programme `saman` goes on first; default: where it begins
 */
export function openPlayground(beginMs?: number): Playground {
  let demo: Demo;
  let browser: Browser;
  let page: Page;
  const faults: string[] = [];
  const saman = () => demo.sessions.find((each) => each.id === 'saman')!;
  before(async () => {
    demo = await startDemo({ port: 0, host: '127.0.0.1', log: silent, mode: 'development' });
    if (beginMs !== undefined) await saman().advance(beginMs);
    browser = await openBrowser();
    const context = await browser.newContext({ viewport: { width: 1280, height: 860 } });
    page = await context.newPage();
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto(demo.url);
    await page.waitForSelector('.person');
  });
  after(async () => {
    await browser.close();
    await demo.close();
  });
  const field = (label: string) => page.getByLabel(label, { exact: true }).last();
  return {
    get page() {
      return page;
    },
    get saman() {
      return saman();
    },
    faults,
    become: async (member) => {
      await page.click(`#people [data-member="${member}"]`);
      await page.waitForSelector(`#people [data-member="${member}"][aria-current="true"]`);
    },
    say: async (text) => {
      await page.fill('#text', text);
      await page.keyboard.press('Enter');
    },
    shows: (text) =>
      page.waitForFunction((wanted) => document.querySelector('#lines')!.textContent.includes(wanted), text),
    press: (name) => page.getByRole('button', { name, exact: true }).last().click(),
    fill: (label, text) => field(label).fill(text),
    choose: (label, value) => field(label).selectOption(value),
  };
}
