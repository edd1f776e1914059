/** Icons of Fluent that have an emoji with the same meaning. Slack has no icons of its own in texts. */
const EMOJI: Readonly<Record<string, string>> = {
  alert: '🔔',
  attach: '📎',
  book: '📖',
  building: '🏢',
  calendar: '📅',
  calendarltr: '📅',
  call: '📞',
  camera: '📷',
  chat: '💬',
  checkmark: '✅',
  checkmarkcircle: '✅',
  clipboard: '📋',
  clock: '🕒',
  crown: '👑',
  dismiss: '❌',
  dismisscircle: '❌',
  document: '📄',
  edit: '✏️',
  errorcircle: '❌',
  flag: '🚩',
  folder: '📁',
  food: '🍽️',
  globe: '🌐',
  heart: '❤️',
  home: '🏠',
  important: '❗',
  info: 'ℹ️',
  key: '🔑',
  lightbulb: '💡',
  link: '🔗',
  location: '📍',
  lockclosed: '🔒',
  mail: '✉️',
  mic: '🎤',
  money: '💰',
  people: '👥',
  person: '👤',
  phone: '📱',
  pin: '📌',
  question: '❓',
  rocket: '🚀',
  search: '🔍',
  settings: '⚙️',
  star: '⭐',
  tag: '🏷️',
  target: '🎯',
  thumblike: '👍',
  trophy: '🏆',
  video: '🎬',
  warning: '⚠️',
  wrench: '🔧',
};

/** The emoji of an icon such as `Calendar` or `icon:Calendar,filled`, if there is one. */
export function emojiOf(name: string): string | undefined {
  const bare = name
    .replace(/^icon:/, '')
    .split(',')[0]
    ?.toLowerCase();
  return bare !== undefined && Object.hasOwn(EMOJI, bare) ? EMOJI[bare] : undefined;
}
