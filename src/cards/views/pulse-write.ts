import type { MessageData } from '../../core/messages/schemas.js';
import { inputOf, OWN_KINDS, ownKind, type OwnField } from '../../core/pulse/own-question.js';
import type { Translator } from '../../i18n/index.js';
import type { View, ViewContext } from './view.js';

type Data = MessageData<'pulse-write'>;

/** Room for each text: a title and a question stay readable on a phone, and choices are up to twenty lines. */
const ROOM: Readonly<Record<OwnField, number>> = { title: 100, intro: 300, text: 300, choices: 2000 };

/** A question of one's own, to be written in every language that those who are asked read. */
export function pulseWriteView(data: Data, { translator }: ViewContext): View {
  const { t, language } = translator;
  const isNew = data.about['pulse'] === undefined;
  const problems = data.missing.map((each) => ({ text: problemText(each, translator) }));
  const title = t(isNew ? 'pulse.write' : 'pulse.write-more');
  const inputs = (wanted: readonly OwnField[]) =>
    data.fields
      .filter((field) => wanted.includes(field))
      .flatMap((field) => data.languages.map((each) => inputFor(data, field, each, translator)));
  return {
    template: 'pulse-write',
    data: {
      lang: language,
      summary: [`${title}.`, ...problems.map((each) => each.text)].join(' '),
      title,
      hasMissing: problems.length > 0,
      missing: t('pulse.missing'),
      problems,
      before: inputs(['title', 'intro', 'text']),
      kindLabel: t('pulse.kind'),
      kind: ownKind(data.typed),
      kinds: OWN_KINDS.map((kind) => ({ title: t(`pulse.kind-${kind}`), value: kind })),
      choicesHint: t('pulse.choices-hint'),
      after: inputs(['choices']),
      send: t('pulse.write-send'),
      verb: isNew ? 'pulse-write-new' : 'pulse-write-send',
      data: data.about,
    },
  };
}

function inputFor(data: Data, field: OwnField, language: Data['languages'][number], translator: Translator) {
  const id = inputOf(field, language);
  return {
    id,
    label: labelOf(field, language, translator),
    value: data.typed[id] ?? '',
    isMultiline: field === 'choices' || field === 'intro',
    maxLength: ROOM[field],
  };
}

function labelOf(field: OwnField, language: Data['languages'][number], { t }: Translator): string {
  return t(`pulse.write-${field}`, { language: t(`language.in-${language}`) });
}

function problemText({ field, language, problem, lines }: Data['missing'][number], translator: Translator) {
  const what = labelOf(field, language, translator);
  return translator.t(`pulse.missing-${problem}`, { field: what, lines: lines ?? 0 });
}
