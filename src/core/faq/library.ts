import type { Article, Knowledge } from './article.js';
import { createSearch, type Search } from './search/engine.js';
import type { SavedKnowledge } from './types.js';

/** A programme's articles, shipped and saved, and the search over them. */
export interface Library {
  readonly search: Search;
  readonly article: (id: string) => Article | undefined;
  readonly knowledge: Knowledge;
}

/** Kept for each state of the saved knowledge: a store gives the same list until it changes. */
const libraries = new WeakMap<object, Library>();

/** The library of a programme; built anew only when somebody has saved something. */
export function libraryOf(shipped: Knowledge, saved: readonly SavedKnowledge[]): Library {
  const key = saved.length === 0 ? shipped : saved;
  let library = libraries.get(key);
  if (library === undefined)
    libraries.set(key, (library = build({ ...shipped, articles: articlesOf(shipped, saved) })));
  return library;
}

function build(knowledge: Knowledge): Library {
  const byId = new Map(knowledge.articles.map((article) => [article.id, article]));
  return { knowledge, search: createSearch(knowledge), article: (id) => byId.get(id) };
}

/** The articles of a programme, with what has been saved. */
export function articlesOf(shipped: Knowledge, saved: readonly SavedKnowledge[]): readonly Article[] {
  const articles = new Map(shipped.articles.map((article) => [article.id, article]));
  for (const row of saved) if (row.kind === 'article') articles.set(row.article.id, row.article);
  for (const row of saved) {
    if (row.kind === 'article') continue;
    const article = articles.get(row.article);
    if (article === undefined) continue;
    articles.set(article.id, row.kind === 'way' ? withWay(article, row) : { ...article, review: row.review });
  }
  return [...articles.values()];
}

function withWay(article: Article, { language, ask }: Extract<SavedKnowledge, { kind: 'way' }>): Article {
  const like = Object.values(article.text)[0];
  const text = article.text[language] ?? (like && { ...like, ask: [] });
  if (text === undefined) return article;
  return { ...article, text: { ...article.text, [language]: { ...text, ask: [...text.ask, ask] } } };
}
