/** Texts as weighted terms, to be compared by the cosine of their angle. */
export interface Vectors {
  /** Adds to each text's score, in the order in which texts were given, the cosine of a query with it, times a factor. */
  addLikeness(scores: Float32Array, terms: readonly string[], factor: number): void;
  /** How much a term tells: the inverse document frequency; that of a term in no text, for an unknown one. */
  weightOf(term: string): number;
  has(term: string): boolean;
}

/**
 * Indexes texts by their terms, in typed arrays, so that a query looks only at texts that share a term with it.
 * @param boost multiplies the weight of a term, such as that of a concept against a bare word; default 1.
 */
export function createVectors(
  texts: readonly (readonly string[])[],
  boost: (term: string) => number = () => 1,
): Vectors {
  const { ids, rows, counts } = numbered(texts);
  const idfOf = (count: number) => Math.log((texts.length + 1) / (count + 0.5));
  const weights = new Float32Array(ids.size);
  for (const [term, id] of ids) weights[id] = idfOf(valueAt(counts, id)) * boost(term);
  const postings = postingsOf(rows, counts, weights);
  const unknown = idfOf(0);
  const weightOf = (term: string): number => {
    const id = ids.get(term);
    return id === undefined ? unknown * boost(term) : valueAt(weights, id);
  };
  return {
    has: (term) => ids.has(term),
    weightOf,
    addLikeness(scores, terms, factor) {
      let length = 0;
      for (const term of terms) length += weightOf(term) ** 2;
      const scale = factor / (Math.sqrt(length) || 1);
      for (const term of terms) {
        const id = ids.get(term);
        if (id !== undefined) addTo(scores, postings, id, valueAt(weights, id) * scale);
      }
    },
  };
}

/** Gives each term a number, and each text the numbers of its terms. */
function numbered(texts: readonly (readonly string[])[]) {
  const ids = new Map<string, number>();
  const counts: number[] = [];
  const rows = texts.map((terms) => {
    const row = new Uint32Array(terms.length);
    terms.forEach((term, index) => {
      let id = ids.get(term);
      if (id === undefined) ids.set(term, (id = ids.size));
      counts[id] = valueAt(counts, id) + 1;
      row[index] = id;
    });
    return row;
  });
  return { ids, rows, counts };
}

/** For each term, from `starts[term]` to `starts[term + 1]`: the texts that have it, and its weight in each. */
interface Postings {
  readonly starts: Uint32Array;
  readonly texts: Uint32Array;
  readonly weights: Float32Array;
}

function postingsOf(
  rows: readonly Uint32Array[],
  counts: readonly number[],
  weights: Float32Array,
): Postings {
  const starts = new Uint32Array(counts.length + 1);
  counts.forEach((count, id) => (starts[id + 1] = valueAt(starts, id) + count));
  const next = starts.slice();
  const texts = new Uint32Array(valueAt(starts, counts.length));
  const inText = new Float32Array(texts.length);
  rows.forEach((row, text) => {
    let length = 0;
    for (const id of row) length += valueAt(weights, id) ** 2;
    const scale = 1 / (Math.sqrt(length) || 1);
    for (const id of row) {
      const at = valueAt(next, id);
      next[id] = at + 1;
      texts[at] = text;
      inText[at] = valueAt(weights, id) * scale;
    }
  });
  return { starts, texts, weights: inText };
}

function addTo(scores: Float32Array, postings: Postings, id: number, factor: number): void {
  const end = valueAt(postings.starts, id + 1);
  for (let at = valueAt(postings.starts, id); at < end; at += 1) {
    const text = valueAt(postings.texts, at);
    scores[text] = valueAt(scores, text) + factor * valueAt(postings.weights, at);
  }
}

/** The number at a place; 0 where there is none yet. */
function valueAt(numbers: ArrayLike<number>, place: number): number {
  return numbers[place] ?? 0;
}
