import { useEffect, useState } from 'react';
import { useClient, type Client } from '@/app/client';
import type { Id, Message } from '@/shared/api/types';
import { useStore } from '@/shared/state/store';

type Answer = Promise<Message | null>;

/** Asked for once, however often the list shows the line again; what is asked in vain stays unknown. */
interface Asked {
  readonly answers: Map<Id, Answer>;
  /** Those who show an answer are told that it is not true any more. */
  readonly showing: Set<(id: Id) => void>;
}
const asked = new WeakMap<Client, Asked>();

/** What was asked of a server is kept as long as nobody edits or deletes it. */
function askedOf(client: Client): Asked {
  const known = asked.get(client);
  if (known) return known;
  const made: Asked = { answers: new Map(), showing: new Set() };
  asked.set(client, made);
  const renew = (id: Id) => {
    if (!made.answers.delete(id)) return;
    for (const tell of [...made.showing]) tell(id);
  };
  client.link.on('message-updated', ({ message }) => renew(message.id));
  client.link.on('message-deleted', ({ messageId }) => renew(messageId));
  return made;
}

function ask(client: Client, roomId: Id, id: Id): Answer {
  const { answers } = askedOf(client);
  const answer = answers.get(id) ?? client.api.message(roomId, id).catch(() => null);
  answers.set(id, answer);
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
    let latest: Answer | null = null;
    const fetch = () => {
      const answer = ask(client, roomId, id);
      latest = answer;
      void answer.then((message) => {
        if (!gone && latest === answer) setFetched(message);
      });
    };
    const renewed = (changed: Id) => {
      if (changed === id) fetch();
    };
    const { showing } = askedOf(client);
    showing.add(renewed);
    fetch();
    return () => {
      gone = true;
      showing.delete(renewed);
    };
  }, [client, roomId, id, wanted]);
  return loaded ?? (fetched?.id === id ? fetched : undefined);
}
