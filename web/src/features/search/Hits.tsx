import { FileText } from 'lucide-react';
import { Fragment } from 'react';
import { useClient } from '@/app/client';
import { filePath, messagePath } from '@/app/router';
import type { SearchHit } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { momentText } from '@/shared/lib/time';
import { useStore } from '@/shared/state/store';
import { Avatar } from '@/shared/ui/Avatar';
import { Flag } from '@/shared/ui/Flag';
import { Link } from '@/shared/ui/Link';
import { usePeople, type Face } from '@/features/files/usePeople';
import { roomTitle } from '@/features/rooms/actions';

/** An excerpt with what matched lit; places outside of the text are passed over. */
export function lit(snippet: string, highlights: readonly (readonly number[])[] = []) {
  const parts: { readonly text: string; readonly hit: boolean }[] = [];
  let from = 0;
  for (const [begin = 0, end = 0] of highlights) {
    if (begin < from || end <= begin || end > snippet.length) continue;
    if (begin > from) parts.push({ text: snippet.slice(from, begin), hit: false });
    parts.push({ text: snippet.slice(begin, end), hit: true });
    from = end;
  }
  if (from < snippet.length) parts.push({ text: snippet.slice(from), hit: false });
  return parts;
}

function Snippet({ hit }: { hit: SearchHit }) {
  return (
    <span className="block text-14 wrap-anywhere" dir="auto">
      {lit(hit.snippet, hit.highlights).map((part, index) => (
        <Fragment key={index}>{part.hit ? <mark>{part.text}</mark> : part.text}</Fragment>
      ))}
    </span>
  );
}

function Hit({ hit, sender, onOpen }: { hit: SearchHit; sender: Face; onOpen?: () => void }) {
  const { t, language } = useI18n();
  const room = hit.roomId ?? '';
  const to = hit.kind === 'file' && hit.fileId ? filePath(room, hit.fileId) : messagePath(room, hit.messageId ?? '');
  return (
    <li>
      <Link to={to} data-hit onClick={onOpen} className="flex gap-3 rounded-lg px-3 py-2 hover:bg-hover">
        {hit.kind === 'file' ? (
          <FileText size={22} strokeWidth={1.75} aria-hidden="true" className="mt-0.5 flex-none text-text-3" />
        ) : (
          <Avatar id={sender.id} name={sender.name} size={24} url={sender.avatarUrl} />
        )}
        <span className="min-w-0 flex-1">
          <span className="flex gap-2 text-12 text-text-3">
            <bdi className="truncate font-semibold text-text-2">{hit.kind === 'file' && !hit.senderId ? t('side.files') : sender.name}</bdi>
            {hit.createdAt && <time dateTime={hit.createdAt}>{momentText(hit.createdAt, language)}</time>}
          </span>
          <Snippet hit={hit} />
        </span>
      </Link>
    </li>
  );
}

/** What was found, by room. */
export function Hits({ hits, grouped, onOpen }: { hits: readonly SearchHit[]; grouped: boolean; onOpen?: () => void }) {
  const client = useClient();
  const rooms = useStore(client.rooms, (state) => state.byId);
  // Who wrote may be in rooms that were not opened yet.
  const faceOf = usePeople(hits.map(({ senderId }) => senderId));
  if (!grouped) {
    return (
      <ul role="list" className="p-2">
        {hits.map((hit, index) => (
          <Hit key={index} hit={hit} sender={faceOf(hit.senderId)} onOpen={onOpen} />
        ))}
      </ul>
    );
  }
  return [...Map.groupBy(hits, (hit) => hit.roomId ?? '')].map(([id, list]) => {
    const room = rooms[id];
    return (
      <section key={id} className="p-2">
        <h2 className="flex items-center gap-2 px-3 py-1.5 text-13 font-semibold text-text-2">
          {room && <Flag room={room.id} spec={room.flag} size={18} />}
          <bdi>{room ? roomTitle(client, room) : ''}</bdi>
        </h2>
        <ul role="list">
          {list.map((hit, index) => (
            <Hit key={index} hit={hit} sender={faceOf(hit.senderId)} onOpen={onOpen} />
          ))}
        </ul>
      </section>
    );
  });
}
