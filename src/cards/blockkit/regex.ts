/** A rule that is longer than this is not checked. */
const LONGEST = 400;

/**
 * Whether checking a rule may take exponentially long: a repeated group that itself repeats or chooses, or a reference
 * back. Such rules are not checked; cards come from outside.
 */
export function isHostile(regex: string): boolean {
  if (regex.length > LONGEST || /\\[1-9]|\\k</.test(regex)) return true;
  const bare = regex.replace(/\\./g, 'x').replace(/\[[^\]]*\]/g, 'x');
  const groups: boolean[] = [];
  let repeats = 0;
  for (let index = 0; index < bare.length; index += 1) {
    const char = bare[index] ?? '';
    if (char === '(') groups.push(false);
    else if (isRepeat(bare, index) || char === '|') {
      if (groups.length > 0) groups[groups.length - 1] = true;
      if (char !== '|') repeats += 1;
    } else if (char === ')') {
      const isRisky = groups.pop() ?? false;
      if (isRisky && isRepeat(bare, index + 1)) return true;
      if (isRisky && groups.length > 0) groups[groups.length - 1] = true;
    }
  }
  return repeats > 12;
}

/** Whether something may be repeated without an end that is near. */
function isRepeat(text: string, index: number): boolean {
  const char = text[index];
  if (char === '*' || char === '+') return true;
  if (char !== '{') return false;
  const match = /^\{(\d{1,9})(,(\d{0,9}))?\}/.exec(text.slice(index, index + 24));
  return match !== null && (match[2] === ',' || Number(match[3] ?? match[1]) > 30);
}

/** Whether a value keeps a card's rule. True for rules that are hostile or no rule at all. */
export function keepsRule(value: string, regex: string): boolean {
  if (regex === '' || isHostile(regex)) return true;
  try {
    return new RegExp(regex).test(value);
  } catch (error) {
    if (error instanceof SyntaxError) return true;
    throw error;
  }
}
