import fc from 'fast-check';

/** An input, how a person fills it in on Slack, and what Teams would send for that. */
export interface Filled {
  readonly element: Record<string, unknown>;
  readonly expected: string;
  readonly fill: (element: any, pick: (index: number) => unknown) => Record<string, unknown>;
}

type Json = Record<string, unknown>;

const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { freq: 3 });
const two = (value: number): string => String(value).padStart(2, '0');
const day = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 28 }))
  .map(([month, date]) => `2026-${two(month)}-${two(date)}`);
const time = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => `${two(hour)}:${two(minute)}`);

const text: fc.Arbitrary<Filled> = fc
  .tuple(maybe(fc.string({ maxLength: 60, unit: 'grapheme' })), fc.boolean(), fc.string({ maxLength: 9 }))
  .map(([answer, isMultiline, value]) => ({
    element: { type: 'Input.Text', isMultiline, value, maxLength: 3000 },
    expected: answer ?? '',
    fill: () => ({ type: 'plain_text_input', value: answer }),
  }));
const number: fc.Arbitrary<Filled> = fc
  .tuple(maybe(fc.integer({ min: -999_999, max: 999_999 })), fc.boolean())
  .map(([answer, isBounded]) => ({
    element: { type: 'Input.Number', value: 7, ...(isBounded && { min: -9999.99, max: 9999.99 }) },
    expected: answer === null ? '' : String(answer / 100),
    fill: () => ({ type: 'number_input', value: answer === null ? null : (answer / 100).toFixed(2) }),
  }));
const date: fc.Arbitrary<Filled> = maybe(day).map((answer) => ({
  element: { type: 'Input.Date', value: '2026-02-28', min: '2026-01-01', max: '2026-12-28' },
  expected: answer ?? '',
  fill: () => ({ type: 'datepicker', selected_date: answer }),
}));
const clock: fc.Arbitrary<Filled> = maybe(time).map((answer) => ({
  element: { type: 'Input.Time', value: '07:15', min: '00:00', max: '23:59' },
  expected: answer ?? '',
  fill: () => ({ type: 'timepicker', selected_time: answer }),
}));
const toggle: fc.Arbitrary<Filled> = fc
  .tuple(
    fc.boolean(),
    fc.constantFrom({}, { valueOn: 'yes', valueOff: 'no' }, { valueOn: '1', valueOff: '0', value: '1' }),
    fc.constantFrom({}, { title: 'Tick' }),
  )
  .map(([isOn, values, title]) => ({
    element: { type: 'Input.Toggle', ...values, ...title },
    expected: { valueOn: 'true', valueOff: 'false', ...values }[isOn ? 'valueOn' : 'valueOff'],
    fill: (element) => ({ type: 'checkboxes', selected_options: isOn ? element.options : [] }),
  }));
const value = fc
  .oneof(fc.string({ minLength: 1 }), fc.string({ minLength: 140, maxLength: 200 }))
  .map((one) => one.replaceAll(',', ';'));
const choiceSet: fc.Arbitrary<Filled> = fc
  .record({
    values: fc.uniqueArray(value, { minLength: 1, maxLength: 150 }),
    picks: fc.uniqueArray(fc.nat(149), { maxLength: 4 }),
    isMultiSelect: fc.boolean(),
    style: fc.constantFrom('compact', 'expanded', 'filtered'),
  })
  .map(({ values, picks, isMultiSelect, style }) => {
    const wanted = picks.filter((pick) => pick < values.length).slice(0, isMultiSelect ? 4 : 1);
    return {
      element: {
        type: 'Input.ChoiceSet',
        isMultiSelect,
        style,
        choices: values.map((one, index) => ({ title: `Choice ${index}.`, value: one })),
      },
      expected: wanted
        .toSorted((a, b) => a - b)
        .map((pick) => values[pick])
        .join(','),
      fill: (element, pick) =>
        isMultiSelect
          ? { type: element.type, selected_options: wanted.map(pick) }
          : { type: element.type, selected_option: wanted[0] === undefined ? null : pick(wanted[0]) },
    };
  });

/** Choices that the app finds while the person writes. */
const dynamic: fc.Arbitrary<Filled> = fc
  .tuple(
    fc.uniqueArray(
      value.filter((one) => one.length < 140 && one.trim() !== ''),
      { maxLength: 3 },
    ),
    fc.boolean(),
  )
  .map(([found, isMultiSelect]) => {
    const picked = found.slice(0, isMultiSelect ? 3 : 1).map((one) => ({ value: one }));
    return {
      element: {
        type: 'Input.ChoiceSet',
        isMultiSelect,
        'choices.data': { type: 'Data.Query', dataset: 'people' },
      },
      expected: picked.map((one) => one.value).join(','),
      fill: (element) =>
        isMultiSelect
          ? { type: element.type, selected_options: picked }
          : { type: element.type, selected_option: picked[0] ?? null },
    };
  });
const rating: fc.Arbitrary<Filled> = fc
  .tuple(fc.integer({ min: 1, max: 20 }), fc.boolean(), maybe(fc.nat(39)))
  .map(([max, allowHalfSteps, star]) => {
    const step = allowHalfSteps ? 0.5 : 1;
    const place = star === null ? null : star % (max / step);
    return {
      element: { type: 'Input.Rating', max, allowHalfSteps, value: 1 },
      expected: place === null ? '' : String((place + 1) * step),
      fill: (element, pick) => ({
        type: element.type,
        selected_option: place === null ? null : pick(place),
      }),
    };
  });

/** Every kind of input, filled in or left empty. */
export const FILLED: Readonly<Record<string, fc.Arbitrary<Filled>>> = {
  'Input.Text': text,
  'Input.Number': number,
  'Input.Date': date,
  'Input.Time': clock,
  'Input.Toggle': toggle,
  'Input.ChoiceSet': fc.oneof({ arbitrary: choiceSet, weight: 3 }, { arbitrary: dynamic, weight: 1 }),
  'Input.Rating': rating,
};

const NUMBER = { type: 'Input.Number', min: 0, max: 10 };
const DAY = { type: 'Input.Date', min: '2026-02-01', max: '2026-02-28' };
const TIME = { type: 'Input.Time', min: '08:00', max: '16:00' };
const typed = (one: string): Json => ({ type: 'plain_text_input', value: one });
const counted = (one: string): Json => ({ type: 'number_input', value: one });
const dated = (one: string): Json => ({ type: 'datepicker', selected_date: one });
const timed = (one: string): Json => ({ type: 'timepicker', selected_time: one });

/** An input with a rule, and an answer that breaks it. */
const BROKEN: readonly (readonly [Json, Json])[] = [
  [{ type: 'Input.Text', regex: '^[0-9]+$' }, typed('abc')],
  [{ type: 'Input.Text', maxLength: 3 }, typed('abcd')],
  [NUMBER, counted('-1')],
  [NUMBER, counted('10.01')],
  [DAY, dated('2026-01-31')],
  [DAY, dated('2026-03-01')],
  [TIME, timed('07:59')],
  [TIME, timed('16:01')],
];

/** An input that is filled in against its rule. */
export const broken: fc.Arbitrary<Filled> = fc
  .constantFrom(...BROKEN)
  .map(([element, report]) => ({ element, expected: '', fill: () => report }));
