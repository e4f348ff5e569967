import { useEffect, useState } from 'react';
import { useClient, type Client } from '@/app/client';
import type { Id, Message } from '@/shared/api/types';
import { useStore } from '@/shared/state/store';

/** Asked for once, however often the list shows the line again; what is asked in vain stays unknown. */
const asked = new WeakMap<Client, Map<Id, Promise<Message | null>>>();

function ask(client: Client, roomId: Id, id: Id): Promise<Message | null> {
  const known = asked.get(client) ?? new Map<Id, Promise<Message | null>>();
  asked.set(client, known);
  const answer = known.get(id) ?? client.api.message(roomId, id).catch(() => null);
  known.set(id, answer);
  return answer;
}

/** A message that another one answers: of what is loaded, else from the server. Undefined until it is known. */
export function useQuoted(roomId: Id, id: Id): Message | undefined {
  const client = useClient();
  const loaded = useStore(client.messages, (state) => {
    const here = state.rooms[roomId]?.items.find((item) => item.id === id);
    if (here) return here;
    for (const thread of Object.values(state.threads)) {
      const found = thread.items.find((item) => item.id === id);
      if (found) return found;
    }
    return undefined;
  });
  const [fetched, setFetched] = useState<Message | null>(null);
  // The server has only the ciphertext of an encrypted room: a line of it would say nothing.
  const wanted = loaded === undefined && !client.e2ee.encrypted(roomId);
  useEffect(() => {
    if (!wanted) return undefined;
    let gone = false;
    void ask(client, roomId, id).then((message) => {
      if (!gone) setFetched(message);
    });
    return () => {
      gone = true;
    };
  }, [client, roomId, id, wanted]);
  return loaded ?? (fetched?.id === id ? fetched : undefined);
}
