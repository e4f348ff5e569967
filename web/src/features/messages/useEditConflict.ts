import { useEffect, useState } from 'react';
import { useClient } from '@/app/client';
import type { Message } from '@/shared/api/types';

/** Whoever deleted the message that is being edited here; null while nobody did. `onGone` keeps the text. */
export function useEditConflict(editing: Message | null, onGone: () => void): { readonly name: string | null; readonly forget: () => void } {
  const client = useClient();
  const [name, setName] = useState<string | null>(null);
  useEffect(() => {
    if (!editing) return;
    return client.link.on('message-deleted', ({ roomId, messageId, deletedBy }) => {
      if (messageId !== editing.id) return;
      const members = client.rooms.getState().members[roomId];
      setName(members?.find(({ userId }) => userId === deletedBy)?.name ?? '');
      onGone();
    });
  }, [client, editing, onGone]);
  return { name, forget: () => setName(null) };
}
