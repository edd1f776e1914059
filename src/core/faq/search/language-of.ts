import type { Language } from '../../programme/language.js';

/**
 * Words that one language has and the member's other likely ones have not, or write otherwise. Dialect words count for
 * both Norwegian languages. Written as people write them, before folding: the letters themselves tell much.
 */
const MARKERS: Readonly<Record<Language, string>> = {
  sv: `vad hur när är och inte jag från också vilken vilket vilka någon något några måste vårt våra
    projektledare nätverksledare slutrapport slutrapporten lämna träff träffen träffar nästa frågor fråga bidrag bidraget sista
    ansökan kommunerna varför mycket många behöver finns gör vem vems dags åt`,
  nb: `hva hvordan hvem hvor når ikke jeg fra noen noe hvilken hvilke hvorfor mye vårt møte uke prosjektleder nettverksleder
    sluttrapport sluttrapporten hvilket gjør spørsmål tilskudd tilskuddet søknad påmelding innen samlingen være hos deres
    kommer trenger`,
  nn: `kva korleis kven kvar korfor ikkje eg frå nokon noko kva kvifor mykje møte veke prosjektleiar nettverksleiar dykk dykkar
    sluttrapporten kor når vere skal vera tilskot tilskotet søkje påmelding samlinga kjem treng gjer høyrer dei saman kem ka me
    nårti korsn`,
  da: `hvad hvordan hvem hvor hvornår ikke jeg fra nogen noget hvilken hvilke hvorfor meget møde uge projektleder netværksleder
    slutrapport slutrapporten hvis vores jer I tilskuddet ansøgning ansøgningen tilmelding senest samlingen være af til mig
    også efter os tit afleveres skabelon regnskab os skal`,
  en: `what how who when where why the is are we our do does can my your of to and which much many should must in not
    have has been they this that when where report next grant meeting gathering`,
};

const marks: ReadonlyMap<string, readonly Language[]> = collect();

function collect(): ReadonlyMap<string, readonly Language[]> {
  const map = new Map<string, Language[]>();
  for (const [language, words] of Object.entries(MARKERS) as [Language, string][])
    for (const word of new Set(words.split(/\s+/))) {
      const known = map.get(word);
      if (known === undefined) map.set(word, [language]);
      else known.push(language);
    }
  return map;
}

/** Words that only another language has, and that must be seen, before a member's stored language is left. */
const CLEARLY = 2;
const LONGEST = 600;

/**
 * The language in which a question is to be answered: the stored one, unless the question is clearly in another: it
 * has at least two words of that one alone, three times as many as of the stored one. bokmål and nynorsk are near, and many
 * write their dialect; so a Norwegian reader is answered in the stored form of Norwegian.
 */
export function answerLanguage(question: string, stored: Language, offered: readonly Language[]): Language {
  const words = new Set(
    question
      .slice(0, LONGEST)
      .toLowerCase()
      .split(/[^\p{L}]+/u),
  );
  const scores = new Map<Language, { own: number; fits: number }>();
  for (const word of words)
    for (const language of marks.get(word) ?? []) {
      const score = scores.get(language) ?? { own: 0, fits: 0 };
      score.fits += 1;
      if (marks.get(word)?.length === 1) score.own += 1;
      scores.set(language, score);
    }
  const home = scores.get(stored) ?? { own: 0, fits: 0 };
  let best = stored;
  let most = home.fits;
  for (const language of offered) {
    const score = scores.get(language);
    if (language === stored || score === undefined || areNear(language, stored)) continue;
    if (score.own >= CLEARLY && home.own * 3 <= score.own && score.fits > most) {
      best = language;
      most = score.fits;
    }
  }
  return best;
}

function areNear(one: Language, other: Language): boolean {
  return one.startsWith('n') && other.startsWith('n');
}
