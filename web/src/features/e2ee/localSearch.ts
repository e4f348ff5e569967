import type { Message, SearchHit } from '@/shared/api/types';

/** Before and behind the first match, so that it can be understood. */
const AROUND = 80;

const folded = (text: string): string => text.toLocaleLowerCase();

function excerpt(text: string, words: readonly string[]): Pick<SearchHit, 'snippet' | 'highlights'> {
  const low = folded(text);
  const first = Math.min(...words.map((word) => low.indexOf(word)));
  const from = Math.max(0, first - AROUND);
  const snippet = text.slice(from, first + AROUND * 2);
  const part = folded(snippet);
  const highlights: [number, number][] = [];
  for (const word of words) {
    for (let at = part.indexOf(word); at >= 0; at = part.indexOf(word, at + word.length)) highlights.push([at, at + word.length]);
  }
  return { snippet, highlights: highlights.sort(([a], [b]) => a - b) };
}

/** Messages with all words of a query in their text or the names of their files, the newest first. */
export function searchHere(messages: Iterable<Message>, query: string): readonly SearchHit[] {
  const words = folded(query).split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const hits: (SearchHit & { seq: number })[] = [];
  for (const message of messages) {
    const text = [message.content, ...(message.files ?? []).map(({ name }) => name)].filter(Boolean).join('\n');
    const low = folded(text);
    if (message.deletedAt || !words.every((word) => low.includes(word))) continue;
    const { id, roomId, senderId, createdAt, seq } = message;
    hits.push({ kind: 'message', fileId: null, messageId: id, roomId, senderId, createdAt, seq, ...excerpt(text, words) });
  }
  return hits.sort((a, b) => b.seq - a.seq);
}
