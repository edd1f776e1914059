import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { toBlockKit } from '../../src/cards/blockkit/index.js';
import { asset } from '../../src/cli/assets.js';
import { LANGUAGES, type Language } from '../../src/core/programme/language.js';
import { openBrowser } from '../support/browser.js';
import { renderer, saman, samples } from '../support/messages.js';

/**
 * `npm run gallery [FOLDER]`: a page for every language that shows each message as Teams and as Slack draw it, side by
 * side, and pictures of some: light and dark, wide and as on a phone. Default folder: `dist/gallery`.
 */
const folder = process.argv[2] ?? asset('dist', 'gallery');
const require = createRequire(import.meta.url);
const adaptiveCards = readFileSync(require.resolve('adaptivecards/dist/adaptivecards.min.js'), 'utf8');
const slackStyle = readFileSync(join(require.resolve('slack-blocks-to-jsx'), '..', 'style.css'), 'utf8');
const { createElement } = require('react') as { createElement: (type: unknown, props: object) => unknown };
const { renderToStaticMarkup } = require('react-dom/server') as {
  renderToStaticMarkup: (element: unknown) => string;
};
const { Message } = require('slack-blocks-to-jsx') as { Message: (props: object) => never };

/** Words of programmes in place of those by which tests know a text. */
const WORDS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  title: { sv: 'Årsrapport', nb: 'Årsrapport', nn: 'Årsrapport', da: 'Årsrapport', en: 'Annual report' },
  what: {
    sv: 'Gå igenom formuläret i projektgruppen, och lämna in det.',
    nb: 'Gå gjennom skjemaet i prosjektgruppa, og lever det.',
    nn: 'Gå gjennom skjemaet i prosjektgruppa, og lever det.',
    da: 'Gå skemaet igennem i projektgruppen, og aflever det.',
    en: 'Go through the form in the project group, and hand it in.',
  },
  role: {
    sv: 'projektledare',
    nb: 'prosjektleder',
    nn: 'prosjektleiar',
    da: 'projektleder',
    en: 'project leader',
  },
  network: {
    sv: 'nätverk sør',
    nb: 'nettverk sør',
    nn: 'nettverk sør',
    da: 'netværk sør',
    en: 'network south',
  },
  programme: { sv: 'Saman', nb: 'Saman', nn: 'Saman', da: 'Saman', en: 'Saman' },
};

function withWords(data: unknown): unknown {
  const text = JSON.stringify(data).replace(
    /"(\w+) (sv|nb|nn|da|en)"/g,
    (all, word: string, language: Language) =>
      WORDS[word] === undefined ? all : `"${WORDS[word][language]}"`,
  );
  return JSON.parse(text);
}

interface Shown {
  readonly name: string;
  readonly card: object;
  readonly slack: string;
  readonly report: readonly string[];
}

function shownIn(language: Language): Shown[] {
  return samples.map(([name, template, data]) => {
    const { card } = renderer.render(
      { template, data: withWords(data) as never },
      { language, programme: saman },
    );
    const { messages, report } = toBlockKit(card, { surface: 'message', lang: language });
    const slack = messages.map(({ blocks }) => slackMarkup(blocks)).join('');
    return {
      name,
      card,
      slack,
      report: report.map(({ path, what, instead }) => `${path}: ${what} → ${instead}`),
    };
  });
}

function slackMarkup(blocks: readonly object[]): string {
  const props = { blocks, logo: '', name: 'Samling', withoutWrapper: true };
  try {
    return renderToStaticMarkup(createElement(Message, props));
  } catch (error) {
    return `<pre>${error instanceof Error ? error.message : String(error)}</pre>`;
  }
}

const STYLE = `
  body { font: 15px/1.5 "Segoe UI", "Noto Sans", sans-serif; margin: 24px; background: #f5f5f7; color: #1b1b1f; }
  section { display: grid; grid-template-columns: 1fr 1fr; gap: 20px; margin: 0 0 28px; }
  h2 { grid-column: 1 / -1; font-size: 15px; margin: 0; }
  .teams, .slack { background: #fff; border: 1px solid #dcdce2; border-radius: 8px; padding: 14px; overflow: hidden; }
  .slack { background: #fff; color: #1d1c1d; }
  ul { grid-column: 1 / -1; margin: 0; font-size: 12px; color: #66666e; }
  .ac-actionSet { flex-wrap: wrap; gap: 6px; }
  .ac-actionSet > div { display: none; }
  .ac-pushButton { font: inherit; padding: 4px 12px; border: 1px solid #c4c4cc; border-radius: 5px; background: none; color: inherit; }
  .style-positive, .ac-pushButton.style-positive { background: #5b5fc7; color: #fff; border-color: #5b5fc7; }
  input, textarea, select { font: inherit; width: 100%; box-sizing: border-box; }
  body.dark { background: #1f1f24; color: #ececf1; }
  body.dark .slack { background: #1a1d21; color: #d1d2d3; border-color: #44444c; }
  body.dark .teams { background: #2b2b31; border-color: #44444c; }
  @media (max-width: 700px) { body { margin: 10px; } section { grid-template-columns: 1fr; } }
`;

function page(language: Language, shown: readonly Shown[]): string {
  const sections = shown.map(
    ({ name, slack, report }, index) => `<section id="m${String(index)}"><h2>${name}</h2>
      <div class="teams"></div><div class="slack">${slack}</div>
      <ul>${report.map((line) => `<li>${escape(line)}</li>`).join('')}</ul></section>`,
  );
  return `<!doctype html><html lang="${language}"><meta charset="utf-8"><title>Samling: ${language}</title>
    <meta name="viewport" content="width=device-width"><style>${slackStyle}${STYLE}</style><body>
    <h1>Samling: ${language}</h1>${sections.join('\n')}
    <script>${adaptiveCards}</script><script>
      const cards = ${JSON.stringify(shown.map((each) => each.card)).replaceAll('<', '\\u003c')};
      const dark = location.hash === '#dark';
      document.body.classList.toggle('dark', dark);
      if (dark) for (const each of document.querySelectorAll('.slack, .slack *')) each.dataset.theme = 'dark';
      AdaptiveCards.AdaptiveCard.onProcessMarkdown = (text, result) => {
        const span = document.createElement('span');
        span.textContent = text.replace(/\\\\([\\\\\`*_{}\\[\\]()#+\\-.!|~<>])/g, '$1');
        result.outputHtml = span.innerHTML; result.didProcess = true;
      };
      const ink = { default: dark ? '#ececf1' : '#1b1b1f', subtle: dark ? '#b0b0ba' : '#5f5f67' };
      const colors = { default: ink, good: { default: '#2e8b57', subtle: '#2e8b57' }, attention: { default: '#d1453b', subtle: '#d1453b' }, accent: { default: '#5b5fc7', subtle: '#5b5fc7' } };
      document.querySelectorAll('.teams').forEach((place, index) => {
        const card = new AdaptiveCards.AdaptiveCard();
        card.hostConfig = new AdaptiveCards.HostConfig({ fontFamily: 'inherit', containerStyles: { default: { backgroundColor: 'transparent', foregroundColors: colors } }, actions: { maxActions: 20, actionsOrientation: 'horizontal', actionAlignment: 'left' } });
        card.parse(cards[index]);
        place.append(card.render());
      });
    </script></body></html>`;
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

mkdirSync(folder, { recursive: true });
for (const language of LANGUAGES)
  writeFileSync(join(folder, `${language}.html`), page(language, shownIn(language)));

const browser = await openBrowser();
const view = await browser.newPage();
const shots: readonly [string, Language, string, number, readonly string[]][] = [
  ['wide-light', 'nb', '', 1100, ['an open deadline', 'a gathering']],
  ['wide-dark', 'nn', '#dark', 1100, ['an open deadline', 'a deadline that is handed in']],
  ['phone', 'sv', '', 390, ['an open deadline']],
  ['forms', 'da', '', 1100, ['a pause', 'a translation to write']],
  ['result', 'en', '', 1100, ['the result for a leader']],
];
for (const [name, language, hash, width, sections] of shots) {
  await view.setViewportSize({ width, height: 900 });
  await view.goto('about:blank');
  await view.goto(`file://${join(folder, `${language}.html`)}${hash}`);
  // Only what is asked for stays, so that a picture is small.
  await view.evaluate((wanted) => {
    document.querySelectorAll('section').forEach((each) => {
      if (!wanted.includes(each.querySelector('h2')?.textContent ?? '')) each.remove();
    });
  }, sections);
  await view.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
await browser.close();
process.stdout.write(`${folder}\n`);
