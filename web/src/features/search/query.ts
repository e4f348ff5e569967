/** Words, phrases and filters of a query, each as it was typed. */
const tokens = (query: string): readonly string[] => query.match(/(?:[a-z]+:)?"[^"]*"|\S+/gi) ?? [];

const isPhrase = (token: string): boolean => /^"[^"]+"$/.test(token);
const isFilter = (token: string): boolean => /^(from|in|has|before|after):/i.test(token);

export interface Looser {
  readonly query: string;
  /** What it leaves out; null: the quotes of a phrase. */
  readonly without: string | null;
}

/** Queries that find more than one that found nothing: without one of its filters, or without quotes. */
export function looser(query: string): readonly Looser[] {
  const all = [...new Set(tokens(query))];
  return all.flatMap((token, at): Looser[] => {
    if (isPhrase(token)) return [{ query: all.with(at, token.slice(1, -1)).join(' '), without: null }];
    const rest = all.filter((_, index) => index !== at);
    return isFilter(token) && rest.length > 0 ? [{ query: rest.join(' '), without: token }] : [];
  });
}

interface Typed {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** A filter goes to the end, where its value is typed. */
export function withFilter(text: string, filter: string): Typed {
  const next = `${text.trimEnd()} ${filter}`.trimStart();
  return { text: next, start: next.length, end: next.length };
}

/** Quotes around what is chosen, or at the end with the caret between them. */
export function withPhrase({ text, start, end }: Typed): Typed {
  const chosen = text.slice(start, end).trim();
  if (chosen === '') {
    const next = `${text.trimEnd()} ""`.trimStart();
    return { text: next, start: next.length - 1, end: next.length - 1 };
  }
  const next = `${text.slice(0, start)}"${chosen}"${text.slice(end)}`;
  return { text: next, start: start + 1, end: start + 1 + chosen.length };
}
