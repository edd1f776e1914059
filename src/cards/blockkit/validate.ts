import { formatNumber } from './dates.js';
import { formatDay, isDay } from './days.js';
import { isFilledIn } from './entered.js';
import { isPassword } from './inputs.js';
import { flag, num, str } from './read.js';
import { keepsRule } from './regex.js';
import type { Element } from './resolve.js';
import { fill } from './texts.js';
import type { Texts } from './types.js';

/** The message for a value that breaks the card's rules: the card's own, else one that says what is wrong. */
export function faultOf(input: Element, value: string, texts: Texts, lang: string): string | undefined {
  const { node } = input;
  const own = str(node, 'errorMessage').trim();
  if (isPassword(input)) return flag(node, 'isRequired') ? texts.password : undefined;
  if (!isFilledIn(input, value)) return flag(node, 'isRequired') ? own || texts.required : undefined;
  const broken = brokenRule(input, value, texts, lang);
  return broken === undefined ? undefined : own || broken;
}

function brokenRule(input: Element, value: string, texts: Texts, lang: string): string | undefined {
  switch (input.type) {
    case 'Input.Text':
      return brokenText(input, value, texts);
    case 'Input.Number':
    case 'Input.Rating':
      return brokenNumber(input, Number(value), texts, lang);
    case 'Input.Date':
    case 'Input.Time':
      return brokenDay(input, value, texts, lang);
    default:
      return undefined;
  }
}

function brokenText(input: Element, value: string, texts: Texts): string | undefined {
  const max = num(input.node, 'maxLength');
  if (max !== undefined && max > 0 && value.length > max) return texts.invalid;
  return keepsRule(value, str(input.node, 'regex')) ? undefined : texts.invalid;
}

function brokenNumber(input: Element, value: number, texts: Texts, lang: string): string | undefined {
  const min = num(input.node, 'min');
  const max = num(input.node, 'max');
  if (min !== undefined && value < min) return fill(texts.lowest, formatNumber(min, lang));
  return max !== undefined && value > max ? fill(texts.highest, formatNumber(max, lang)) : undefined;
}

/** Days and times are compared as they are written: the earlier, the smaller. */
function brokenDay(input: Element, value: string, texts: Texts, lang: string): string | undefined {
  const [min, max] = [str(input.node, 'min'), str(input.node, 'max')];
  const show = (day: string): string => (isDay(day) ? formatDay(day, lang) : day);
  if (min !== '' && value < min) return fill(texts.dateFrom, show(min));
  return max !== '' && value > max ? fill(texts.dateTo, show(max)) : undefined;
}
