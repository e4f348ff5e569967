import { X } from 'lucide-react';
import { useClient } from '@/app/client';
import type { Message } from '@/shared/api/types';
import { useI18n } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { IconButton } from '@/shared/ui/IconButton';
import { removePreview } from './actions';

/** What the page says of itself that the message's first link leads to. One height for all, so that nothing moves. */
export function LinkPreview({ message }: { message: Message }) {
  const { t } = useI18n();
  const client = useClient();
  const me = useStore(client.session, (state) => state.user?.id);
  const { preview } = message;
  // Of an encrypted room the server cannot know a link: whatever it tells is not from there.
  if (!preview || message.sealed) return null;
  const site = preview.description ? `${preview.site} · ${preview.description}` : preview.site;
  return (
    <div className="link-preview">
      <a href={preview.url} target="_blank" rel="noopener noreferrer nofollow ugc">
        <span className="min-w-0 grow">
          <span className="title" dir="auto">
            {preview.title}
          </span>
          <span className="site" dir="auto">
            {site}
          </span>
        </span>
        {preview.image && <img src={preview.image} alt="" decoding="async" />}
      </a>
      {message.senderId === me && (
        <IconButton label={t('preview.remove')} icon={X} size={14} small onClick={() => void removePreview(client, message)} />
      )}
    </div>
  );
}
