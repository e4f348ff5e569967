import { createContext, useContext } from 'react';
import type { Endpoints } from '@/shared/api/endpoints';
import { createRest, type Rest } from '@/shared/api/rest';
import { createLink, type Link } from '@/shared/api/socket';
import type { Id, ServerConfig } from '@/shared/api/types';
import { createStore, type Store } from '@/shared/state/store';
import { activeReducer, noCall, type ActiveAction, type ActiveCall } from '@/features/calls/activeReducer';
import { heldReducer, type HeldAction, type HeldCall } from '@/features/calls/held';
import { callsReducer, noCalls, type CallsAction, type CallsState } from '@/features/calls/callsReducer';
import { createE2ee, type E2ee } from '@/features/e2ee/e2ee';
import { uploadsReducer, type Upload, type UploadsAction } from '@/features/files/uploadsReducer';
import { emptyInbox, inboxReducer, type InboxAction, type InboxState } from '@/features/inbox/inboxReducer';
import { messagesReducer, noMessages, type MessagesAction, type MessagesState } from '@/features/messages/messagesReducer';
import { noticesReducer, type NoticesAction, type Toast } from '@/features/notices/noticesReducer';
import { nobody, presenceReducer, type PresenceAction, type PresenceState } from '@/features/presence/presenceReducer';
import { noRooms, roomsReducer, type RoomsAction, type RoomsState } from '@/features/rooms/roomsReducer';
import { restoring, sessionReducer, type SessionAction, type SessionState } from '@/features/session/sessionReducer';

/** The lines to the server and one store for each domain. What happens is in the `actions.ts` of the domains. */
export interface Client {
  readonly config: ServerConfig;
  readonly rest: Rest;
  readonly api: Endpoints;
  readonly link: Link;
  /** Keys of encrypted rooms; `api` and `link` seal and open with them. */
  readonly e2ee: E2ee;
  readonly session: Store<SessionState, SessionAction>;
  readonly rooms: Store<RoomsState, RoomsAction>;
  readonly messages: Store<MessagesState, MessagesAction>;
  readonly inbox: Store<InboxState, InboxAction>;
  readonly presence: Store<PresenceState, PresenceAction>;
  readonly calls: Store<CallsState, CallsAction>;
  /** The call that I am in. */
  readonly active: Store<ActiveCall, ActiveAction>;
  readonly held: Store<HeldCall | null, HeldAction>;
  readonly uploads: Store<readonly Upload[], UploadsAction>;
  readonly notices: Store<readonly Toast[], NoticesAction>;
}

interface Parts {
  readonly rest?: Rest;
  readonly link?: Link;
}

export function createClient(config: ServerConfig, parts: Parts = {}): Client {
  const session = createStore(sessionReducer, restoring);
  const ended = () => session.dispatch({ type: 'ended' });
  const rest = parts.rest ?? createRest({ onEnded: ended });
  const line = parts.link ?? createLink({ token: rest.token });
  const rooms = createStore(roomsReducer, noRooms);
  const messages = createStore(messagesReducer, noMessages);
  const e2ee = createE2ee({ rest, link: line, session, rooms, messages });
  return {
    config,
    rest,
    api: e2ee.api,
    link: e2ee.link,
    e2ee,
    session,
    rooms,
    messages,
    inbox: createStore(inboxReducer, emptyInbox),
    presence: createStore(presenceReducer, nobody),
    calls: createStore(callsReducer, noCalls),
    active: createStore(activeReducer, noCall),
    held: createStore<HeldCall | null, HeldAction>(heldReducer, null),
    uploads: createStore(uploadsReducer, []),
    notices: createStore(noticesReducer, []),
  };
}

/** Who is signed in; only asked where somebody is. */
export const myId = (client: Client): Id => client.session.getState().user?.id ?? '';

export const ClientContext = createContext<Client | null>(null);

export function useClient(): Client {
  const client = useContext(ClientContext);
  if (!client) throw new Error('useClient outside of ClientContext');
  return client;
}
