/** What a person typed, out of Slack's own writing: entities, mentions and links (https://docs.slack.dev/messaging/formatting-message-text). */
export function plainText(text: string): string {
  return text
    .replace(/<@[^<>]*>/g, ' ')
    .replace(/<[^|<>]*\|([^<>]*)>/g, '$1')
    .replace(/<([^<>]*)>/g, '$1')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ')
    .trim();
}
