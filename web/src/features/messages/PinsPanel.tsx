import { useEffect, useState } from 'react';
import { useClient } from '@/app/client';
import { messagePath } from '@/app/router';
import type { Message, Room } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { momentText } from '@/shared/lib/time';
import { Avatar } from '@/shared/ui/Avatar';
import { Link } from '@/shared/ui/Link';
import { SidePanel } from '@/shared/ui/SidePanel';
import { Markdown } from './Markdown';

export function PinsPanel({ room, title, onClose }: { room: Room; title: string; onClose: () => void }) {
  const { t, language } = useI18n();
  const client = useClient();
  const [pins, setPins] = useState<readonly Message[] | null>(null);
  useEffect(() => {
    const load = () =>
      void client.api.pins(room.id).then(
        ({ items }) => setPins(items),
        () => setPins((old) => old ?? []),
      );
    load();
    // A pin is news of its message.
    return client.link.on('message-updated', ({ message }) => {
      if (message.roomId === room.id) load();
    });
  }, [client, room.id]);
  return (
    <SidePanel label={t('room.pins')} title={t('room.pins')} sub={title} onClose={onClose}>
      <ul role="list" className="flex min-h-0 flex-1 flex-col gap-2 overflow-y-auto p-3">
        {pins?.length === 0 && <li className="p-4 text-center text-14 text-text-3">{t('pins.none')}</li>}
        {pins?.map((message) => (
          // The link spans the card, and those within the words lie above it.
          <li key={message.id} className="card relative p-3 hover:bg-hover">
            <Link to={messagePath(room.id, message.id)} className="block after:absolute after:inset-0 after:rounded-[inherit]">
              <span className="mb-1 flex items-center gap-2 text-13 font-semibold">
                <Avatar id={message.senderId ?? ''} name={message.sender?.name ?? ''} size={22} url={message.sender?.avatarUrl} />
                <bdi className="min-w-0 flex-1 truncate">{message.sender?.name}</bdi>
                <time dateTime={message.createdAt} className="text-12 font-normal text-text-3">
                  {momentText(message.createdAt, language)}
                </time>
              </span>
            </Link>
            <div className="[&_a]:relative [&_a]:z-1">
              <Markdown text={message.content} />
            </div>
          </li>
        ))}
      </ul>
    </SidePanel>
  );
}
