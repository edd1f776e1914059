import { imageAddress, plainWords, prop, shownKids, type Context } from './context.js';
import { putSelections } from './actions.js';
import { textLine } from './inline.js';
import { putLines, putWords } from './lines-out.js';
import { isNode, nodes, num, own, str, word, words } from './read.js';
import type { Element } from './resolve.js';
import { shorten } from './split.js';
import type { SlackBlock } from './types.js';
import { safeUrl, webUrl } from './urls.js';

/** Slack's limits: alternative text of an image, elements of a context. */
const ALT = 2000;
const CONTEXT_ELEMENTS = 10;
/** Pictures up to this many pixels are icons: they stand in a line of small print. */
const ICON_PIXELS = 48;

/** An image as a block of its own; an icon in small print; one that Slack cannot fetch as its caption. */
export function putImage(context: Context, element: Element): void {
  const image = imageObject(context, element);
  if (image) {
    context.put(isIcon(element) ? { type: 'context', elements: [image] } : image);
    context.say(words(element.node, 'altText'));
  } else putCaption(context, element);
  putImageAction(context, element);
}

/** A set of images: small ones side by side, others one below another. */
export function putImageSet(context: Context, element: Element): void {
  const images = shownKids(context, element, 'images');
  const size = word(element.node, 'imageSize');
  if (size !== 'small' && !images.every(isIcon)) {
    for (const image of images) putImage(context, image);
    return;
  }
  const small = images.flatMap((image) => {
    const object = imageObject(context, image);
    if (object) context.say(words(image.node, 'altText'));
    else putCaption(context, image);
    return object ?? [];
  });
  for (let start = 0; start < small.length; start += CONTEXT_ELEMENTS) {
    context.put({ type: 'context', elements: small.slice(start, start + CONTEXT_ELEMENTS) });
  }
  for (const image of images) putImageAction(context, image);
}

/** An image element, or undefined where the address is none that Slack can fetch. */
export function imageObject(context: Context, element: Element): SlackBlock | undefined {
  const url = webUrl(imageAddress(prop(element, 'url')), context.options.baseUrl);
  if (!url) return undefined;
  const alt = words(element.node, 'altText').trim();
  if (alt.length > ALT) context.note(element, 'long alternative text', `its first ${ALT} characters`);
  return { type: 'image', image_url: url, alt_text: shorten(alt, ALT) || context.texts.image };
}

/** Whether an image is shown as large as a letter or two. */
export function isIcon(element: Element): boolean {
  const { node } = element;
  const pixels = Math.min(
    ...['width', 'height', 'pixelWidth'].map((key) => {
      const written = own(node, key);
      const value = typeof written === 'string' ? Number.parseInt(written, 10) : (num(node, key) ?? Infinity);
      return Number.isFinite(value) ? value : Infinity;
    }),
  );
  return word(node, 'size') === 'small' || pixels <= ICON_PIXELS;
}

/** The caption in the place of a picture that Slack cannot fetch. */
export function putCaption(context: Context, element: Element): void {
  const alt = words(element.node, 'altText').trim();
  const address = imageAddress(prop(element, 'url'));
  const kind = address.startsWith('data:')
    ? 'picture within the card'
    : 'picture without an absolute address';
  context.note(element, kind, alt === '' ? 'the word for a picture' : 'its alternative text as a caption');
  putWords(context, `🖼 ${alt === '' ? context.texts.image : alt}`, true);
}

function putImageAction(context: Context, element: Element): void {
  const label = words(element.node, 'altText').trim();
  putSelections(
    context,
    (element.kids['selectAction'] ?? []).map((action) => ({ action, label })),
  );
}

/** The picture behind an element: shown where the element holds nothing else, reported where it does. */
export function putBackground(context: Context, element: Element, isEmpty: boolean): void {
  const background = prop(element, 'backgroundImage');
  if (background === undefined || background === '') return;
  const url = webUrl(imageAddress(background), context.options.baseUrl);
  if (isEmpty && url) {
    const label = isNode(background) ? words(background, 'altText') : '';
    context.put({ type: 'image', image_url: url, alt_text: shorten(label, ALT) || context.texts.background });
    return;
  }
  context.note(element, 'picture behind the text', 'the text alone');
}

/** A film or sound: its poster, and links to its sources. Slack's own player takes registered domains only. */
export function putMedia(context: Context, element: Element): void {
  const { node } = element;
  const alt = words(node, 'altText').trim();
  const poster = webUrl(str(node, 'poster'), context.options.baseUrl);
  if (poster) {
    context.put(
      { type: 'image', image_url: poster, alt_text: shorten(alt, ALT) || context.texts.image },
      true,
    );
  }
  const sources = nodes(node, 'sources');
  const links = [...sources, ...nodes(node, 'captionSources')].flatMap((source) => {
    const url = safeUrl(str(source, 'url'), context.options.baseUrl);
    if (!url) {
      context.note(element, `media at ${str(source, 'url').slice(0, 200) || 'no address'}`, 'no link');
      return [];
    }
    const title = words(source, 'label') || alt || context.texts.media;
    const mime = sources.length > 1 && str(source, 'mimeType') !== '' ? ` (${str(source, 'mimeType')})` : '';
    return [textLine({ text: `▶ ${title}${mime}`, url })];
  });
  if (links.length > 0) {
    context.note(element, 'player', 'links to the media');
    putLines(context, links);
  } else if (alt !== '') putLines(context, [textLine({ text: plainWords(context, element, alt) })]);
}
