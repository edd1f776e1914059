const PASSED = new Set(['http:', 'https:', 'mailto:', 'tel:']);

/** An address that names its scheme plainly; parsing one only to refuse it costs much where a text is full of them. */
const SCHEME = /^[a-z][a-z0-9+.-]*:/i;

/** Slack's limit for addresses of buttons and images. */
const LONGEST = 3000;

/**
 * An address that may become a link: absolute http(s), mailto or tel, written so that no character of it can end the
 * link early. Anything else is undefined.
 *
 * @param base what relative addresses are relative to.
 */
export function safeUrl(address: string, base?: string): string | undefined {
  const trimmed = address.trim();
  if (trimmed === '' || trimmed.length > LONGEST) return undefined;
  const scheme = SCHEME.exec(trimmed)?.[0].toLowerCase();
  if (scheme !== undefined && !PASSED.has(scheme)) return undefined;
  const url = parse(trimmed, base);
  if (!url || !PASSED.has(url.protocol)) return undefined;
  if (url.protocol.startsWith('http') && url.hostname === '') return undefined;
  const href = url.href.replaceAll('|', '%7C').replaceAll('<', '%3C').replaceAll('>', '%3E');
  return href.length > LONGEST ? undefined : href;
}

/** Like `safeUrl`, but http(s) only: images and buttons. */
export function webUrl(address: string, base?: string): string | undefined {
  const url = safeUrl(address, base);
  return url?.startsWith('http') ? url : undefined;
}

function parse(address: string, base?: string): URL | undefined {
  try {
    return new URL(address, base);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
