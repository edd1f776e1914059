import type { Lexicon } from './concepts.js';
import { fold, stem } from './fold.js';
import type { Speller } from './spelling.js';

/** A text as search compares it. */
export interface Features {
  /** Concepts and stems, each once. */
  readonly terms: readonly string[];
  /** Runs of letters, each once. */
  readonly grams: readonly string[];
  /** Words that neither the lexicon nor the articles know, folded. */
  readonly strange: readonly string[];
}

/** Words that say nothing of what is asked, in all languages, folded. */
const EMPTY = new Set(
  `er en et ein ei eit den det de dei i pa til for a att at som om og ok och med av fra fra har skal ska kan ma me vi jeg eg
  jag ja du han hun ho hon seg mig meg mej deg dig sig vil ville bli blir blev var vere vare vaere vore varit have ha hade
  ikke ikkje inte dette deta disse dei dem dom det her der har nar hos ved ut in inn op up opp of the is are be to do does did
  you we they it this that an on at with from by as or not i im its if will would should could can may must have has had
  been there here so just bare bara berre kun jo nok vel hei hej hi hello hallo takk tack tak please vennligst snill
  god dag litt lite lidt noe noko nogot noget noen nokon nogon nogen mer meir mere mera alle alla all men eller eler get got
  hur sa si sei sag say tell vet veit ved know lurer undrar wonder sporsmal fraga sporsmaal question angaende gjelder gjeld
  give gir gi far fa fick fikk fekk gar ga go goes egentlig eigentleg egentligen eg e va ska me dokk dokker dykk dere jer er
  m s t d g k n o u
  nu no na nå nuh da då så sa sånn slik slikt sådan sånt sådant sån også òg å åg altså jaså fremdeles framleis fortfarande stadig ennå endå
  noensinne alltid alltid aldri aldrig ofte igen igjen bliver blivit blitt vorte vart ble blev blive blei bliver være skulle skulde
  kunne kunna kunnat ville vilja måtte må måste bør bör burde borde får lov gerne gjerne gjerne gärna heller helst kanskje kanske måske
  man ein én henne ham honom hende hans hennar hennes hendes deres deira deras sin sitt sine si sina din ditt dine dina di dit jeres
  er ert era vår os oss mine mitt hele heile hela
  ned ner nede under over öwer mellom mellan mellem gjennom gjennom genom gennem uten utan uden før innan inden etter efter mot imot
  hit dit dær hjem heim hem hjemme heime hemma borte bort vekk tilbake tilbage tillbaka bare både både samt eller enten antingen enten
  fordi siden sedan siden mens medan imedan dersom hvis viss om ifall selvom trots fast skjønt
  nogle noen nogen nokre någon några många mange få fleire flere fler første fyrste första siste sista sidste andre andra annen anna
  dag dagar dager dage uke veke vecka uge måned  måned år året i går i dag i morgen morgon kveld kväll aften snart straks
  nettopp precis akkurat lige netop nyss nylig ganske ganska temmelig veldig mycket mye meget
  skjønner skjønar förstår forstår fatter tror trur synes tycker synest lure lurte undrer behöver trenger treng brug behøver
  huske hugse minns komme kjem kommer kom kommit tatt tok tager tar tek stå står stod sette satt sätta sitter sidde sit ligger ligg
  tydeligvis tydligen visst faktisk faktiskt nemlig nämligen liksom litegrann endelig äntligen
  kollega kollegaen kollegaer kollegor kolleger kollegan kollegas folk person personer ting tingen sak saker
  funker funkar fungerer fungerar fungere virker der now then too very about into any some one want need like know please
  my me he she his her their them than when because te mæ sæ dæ æ mi dokker dokkar dåke dåkke vi'e d ej ik itj itte
  vite vita veta vide vit visst vist visste vissast mest mest minst mindre slags slag sort stället stedet istedet istället istaden
  sånne sånna slike sådana såna sådanne liksom egen eget egna eigen eige eigne selv själv sjølv sjøl sjøle sjølve själva selve
  måten måte sätt praksis praktiken praktisk uansett oavsett eventuelt iallfall ihvertfall alltså altså dvs feks osv m.m plutselig
  plutseleg plötsligt pludselig gjerne kjapt raskt fort kort helt heilt aner aning snille kjære ditto ligge egentleg skulla
  både bägge begge sies sagt sagd säger sier seier siger mente mener menar meiner spurte spurde frågade vedkommende vederbörande
  foresten förresten forresten ellers eljest annars ellers likevel ändå alligevel akkurat hoi heisann halla hejsa morn
  ingen inga intet ikkje nånting någonting noenting ingenting kva nåt nått nåkka nåke nokke nåla noko nånn nån vilken vilket vilka
  jo joda nja tja altid nettopp bedt bedd bad sendt bildet biletet ditto
  kommet kome komne kommen vært vore varet fått fåt tenkt tänkt tænkt tänker tenker tenkjer tænker finnes finns fins finst findes
  af via vid ni också oksa ta tag tar tager tek tid tida tiden tiden tvo två tre fyra fire to sent gang gong gånger gange ganger norsk norske
  liten lille små litet klar klart klare nett akkurat emellan imellom mellom annan tell jobba vera greit greitt okei ok bra laga lage lave lager lav snakk snakke prat prate vart
  synes gjort passer passar passe uklart oklart særlig særskilt særskild`
    .split(/\s+/)
    .map((word) => fold(word)),
);

const SHORTEST_COMPOUND = 9;
const GRAM_LENGTHS = [3, 4] as const;

/** Reads a text by its folded words: mends its spelling, splits compounds, finds concepts, stems and runs of letters. */
export function readFeatures(words: readonly string[], lexicon: Lexicon, speller?: Speller): Features {
  const strange: string[] = [];
  const mended =
    speller === undefined ? words : words.flatMap((word) => mendedWord(word, lexicon, speller, strange));
  const terms = new Set<string>();
  for (const { word, concepts } of lexicon.read(mended)) {
    for (const concept of concepts) terms.add(`=${concept}`);
    if (concepts.length === 0 && !EMPTY.has(word)) terms.add(stem(word));
  }
  return { terms: [...terms], grams: gramsOf(mended), strange };
}

function mendedWord(word: string, lexicon: Lexicon, speller: Speller, strange: string[]): readonly string[] {
  if (EMPTY.has(word) || speller.has(word)) return [word];
  const concepts = lexicon.count(word);
  if (concepts > 0) {
    const compound = mendedCompound(word, speller);
    return [concepts < lexicon.count(compound) ? compound : word];
  }
  const parts = speller.split(word);
  if (parts !== undefined) return parts;
  const mended = speller.mend(word);
  if (mended !== undefined) return [mended];
  if (word.length > 2) strange.push(word);
  return [word];
}

/** A long word may begin well and go wrong after that: `nettverksliaren` begins like a network. */
function mendedCompound(word: string, speller: Speller): string {
  return word.length < SHORTEST_COMPOUND ? word : (speller.mend(word) ?? word);
}

/** Runs of letters within each word, its ends marked. */
function gramsOf(words: readonly string[]): readonly string[] {
  const grams = new Set<string>();
  for (const word of words) if (!EMPTY.has(word)) for (const gram of gramsOfWord(word)) grams.add(gram);
  return [...grams];
}

/** The same few thousand words come again and again while an index is built. */
const known = new Map<string, readonly string[]>();
const MOST_KNOWN = 20_000;

function gramsOfWord(word: string): readonly string[] {
  const before = known.get(word);
  if (before !== undefined) return before;
  const text = ` ${word} `;
  const grams: string[] = [];
  for (const length of GRAM_LENGTHS)
    for (let at = 0; at + length <= text.length; at += 1) grams.push(text.slice(at, at + length));
  if (known.size < MOST_KNOWN) known.set(word, grams);
  return grams;
}
