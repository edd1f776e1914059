import { createHeld, escapeHtml, linkHtml, unmarked } from './html.js';

const LINK = /\[([^\]]+)\]\((https?:\/\/[^)\s"]+)\)/g;

/** Adaptive Cards' markdown as HTML: bold, italic, links to the web, bullets. Everything else is text. */
export function cardTextHtml(text: string): string {
  const held = createHeld();
  const plain = unmarked(text)
    .replace(/\\([\\`*_{}[\]()#+\-.!|~<>])/g, (_all, character: string) => held.hold(escapeHtml(character)))
    .replace(LINK, (_all, words: string, url: string) => held.hold(linkHtml(held.put(url), looks(words))));
  return held.put(looks(plain));
}

function looks(text: string): string {
  return escapeHtml(text)
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replace(/(^|[^\p{L}\p{N}])_([^_]+)_(?![\p{L}\p{N}])/gu, '$1<em>$2</em>')
    .replace(/^[-*] +/gm, '• ')
    .replace(/\r?\n/g, '<br>');
}
