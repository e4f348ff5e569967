import { read } from '@/shared/api/errors';
import { createEndpoints, type Endpoints } from '@/shared/api/endpoints';
import type { ClientEvents, ServerEvents } from '@/shared/api/events';
import type { Rest } from '@/shared/api/rest';
import type { Link } from '@/shared/api/socket';
import type { Id, Message } from '@/shared/api/types';
import { createStore, type Store } from '@/shared/state/store';
import type { MediaKey } from '@/features/call/session/sealedMedia';
import type { MessagesAction, MessagesState } from '@/features/messages/messagesReducer';
import type { RoomsAction, RoomsState } from '@/features/rooms/roomsReducer';
import type { SessionAction, SessionState } from '@/features/session/sessionReducer';
import { fragmentOf, secretText } from './codec';
import { placeOf } from './controls';
import { Keeper } from './keeper';
import { createKeptText, type KeptText } from './keptText';
import { mediaKeyOf, safetyBits } from './keys';
import { noKeys, keysReducer, type KeysAction, type KeysState } from './keysReducer';
import { needsOpening, openAll, openMessage, openVersion, type Openers } from './openings';
import { sealFacts, sealFile, type SealedSource } from './sealedFile';
import { sealText } from './sealedText';
import type { Vault } from './vault';

interface Parts {
  readonly rest: Pick<Rest, 'call'>;
  readonly link: Link;
  readonly session: Store<SessionState, SessionAction>;
  readonly rooms: Store<RoomsState, RoomsAction>;
  readonly messages: Store<MessagesState, MessagesAction>;
  readonly openVault?: (userId: Id) => Promise<Vault>;
}

export interface SealedUpload {
  readonly source: SealedSource;
  /** What the server is told instead of the name. */
  readonly name: string;
}

export interface E2ee {
  readonly store: Store<KeysState, KeysAction>;
  readonly keeper: Keeper;
  /** The lines to the server, behind which everything is sealed. */
  readonly api: Endpoints;
  readonly link: Link;
  /** A room stays encrypted for this browser, whatever the server says of it later. */
  readonly encrypted: (roomId: Id) => boolean;
  /** For words that wait on this device until they can be sent. */
  readonly kept: KeptText;
  /** The end of a link that carries the room's secret; nothing where there is none. */
  readonly fragment: (roomId: Id) => Promise<string>;
  readonly secret: (roomId: Id) => Promise<string | null>;
  readonly safety: (roomId: Id) => Promise<Uint8Array | null>;
  readonly sealUpload: (roomId: Id, file: File) => Promise<SealedUpload | null>;
  /** Keys for the media of a call, the one to send with last. Null for a room without encryption. */
  readonly mediaKeys: (roomId: Id) => Promise<readonly MediaKey[] | null>;
}

function findMessage({ rooms, threads }: MessagesState, id: Id): Message | undefined {
  for (const { items } of [...Object.values(rooms), ...Object.values(threads)]) {
    const found = items.find((message) => message.id === id);
    if (found) return found;
  }
  return undefined;
}

/** Sixteen places in the ring of the media worker; both ends must mean the same. */
const mediaIndex = (keyId: string): number => keyId.charCodeAt(0) % 16;

export function createE2ee(parts: Parts): E2ee {
  const { session, rooms, messages } = parts;
  const store = createStore(keysReducer, noKeys);
  const me = () => session.getState().user?.id ?? '';
  let loaded: Promise<void> = Promise.resolve();
  const raw = createEndpoints(parts.rest);

  const members = (roomId: Id) => rooms.getState().members[roomId];
  const everybody = (roomId: Id) => {
    const list = members(roomId);
    const count = rooms.getState().byId[roomId]?.memberCount ?? Infinity;
    return list && list.length >= count ? list : undefined;
  };
  const keeper: Keeper = new Keeper({ api: raw, link: parts.link, me, members: everybody, onChange, openVault: parts.openVault });
  const encrypted = (roomId: Id): boolean =>
    rooms.getState().byId[roomId]?.e2ee === true || keeper.ring(roomId)?.empty === false;
  const openers: Openers = {
    key: (roomId, keyId) => keeper.ring(roomId)?.key(keyId),
    encrypted,
    plain: (roomId) => rooms.getState().byId[roomId] !== undefined && !encrypted(roomId),
    members,
    onMissing: (roomId, keyId) => void keeper.look(roomId, keyId),
  };

  function onChange(roomId: Id): void {
    const ring = keeper.ring(roomId);
    const devices = ring ? [...ring.devices.values()] : [];
    store.dispatch({ type: 'keys', roomId, keys: ring ? { ready: ring.newest !== undefined, keyId: ring.current, devices } : null });
    void reopen(roomId);
  }

  /** What was locked opens when its key comes. */
  async function reopen(roomId: Id): Promise<void> {
    const { rooms: timelines, threads } = messages.getState();
    const lists = [timelines[roomId], ...Object.values(threads)].flatMap((timeline) => timeline?.items ?? []);
    for (const message of lists.filter((item) => item.roomId === roomId && item.sealed === 'locked')) {
      const opened = await openMessage(openers, message);
      if (opened.sealed !== 'locked') messages.dispatch({ type: 'updated', message: opened });
    }
  }

  let user: Id | null = null;
  session.subscribe(() => {
    const now = session.getState().user?.id ?? null;
    if (now === user) return;
    user = now;
    store.dispatch({ type: 'reset' });
    loaded = keeper.load(now).then(
      () => store.dispatch({ type: 'loaded' }),
      () => store.dispatch({ type: 'loaded' }),
    );
  });

  const call: Rest['call'] = async (path, request) => {
    const answer = await parts.rest.call<never>(path, request);
    if (request?.as === 'blob' || request?.open) return answer;
    await loaded;
    return openAll(openers, answer);
  };
  const opened = createEndpoints({ call });

  async function sealName(fileId: Id, name: string): Promise<string> {
    const { roomId, mime } = await raw.file(fileId);
    if (!roomId || !encrypted(roomId)) return name;
    const was = await opened.file(fileId);
    return sealFacts(await keeper.keyForSending(roomId), roomId, { name, mime: was.mime ?? mime });
  }

  const api: Endpoints = {
    ...opened,
    renameFile: async (id, name) => opened.renameFile(id, await sealName(id, name)),
    versions: async (id) => {
      const page = await opened.versions(id);
      return { ...page, items: page.items.map((version) => openVersion(version, id)) };
    },
  };

  return {
    store,
    keeper,
    api,
    link: sealingLink(),
    encrypted,
    kept: createKeptText(keeper, me, () => loaded),
    fragment: async (roomId) => {
      const secret = await newestSecret(roomId);
      return secret ? fragmentOf(secret) : '';
    },
    secret: async (roomId) => {
      const secret = await newestSecret(roomId);
      return secret && secretText(secret);
    },
    safety: async (roomId) => {
      const key = keeper.ring(roomId)?.newest;
      return key ? safetyBits(key, roomId) : null;
    },
    sealUpload: async (roomId, file) => {
      await loaded;
      if (!encrypted(roomId)) return null;
      const key = await keeper.keyForSending(roomId);
      const name = await sealFacts(key, roomId, { name: file.name, mime: file.type });
      return { name, source: await sealFile(key, roomId, file) };
    },
    mediaKeys: async (roomId) => {
      await loaded;
      if (!encrypted(roomId)) return null;
      await keeper.keyForSending(roomId);
      const keys = keeper.ring(roomId)?.keys.slice(-2) ?? [];
      return Promise.all(keys.map(async (key) => ({ key: await mediaKeyOf(key, roomId), index: mediaIndex(key.id) })));
    },
  };

  async function newestSecret(roomId: Id): Promise<Uint8Array | null> {
    await loaded;
    const ring = keeper.ring(roomId);
    return ring?.current ? ring.secretOf(ring.current) : null;
  }

  async function sealed(data: ClientEvents['send-message']['data']): Promise<ClientEvents['send-message']['data']> {
    await loaded;
    const { roomId } = data;
    if (!encrypted(roomId)) return data;
    const key = await keeper.keyForSending(roomId);
    const clientId = data.clientId ?? crypto.randomUUID();
    return { ...data, clientId, content: await sealText(key, { roomId, senderId: me(), clientId }, data.content ?? '') };
  }

  async function sealedEdit(data: ClientEvents['edit-message']['data']): Promise<ClientEvents['edit-message']['data']> {
    await loaded;
    const message = findMessage(messages.getState(), data.messageId);
    if (!message || !encrypted(message.roomId)) return data;
    const key = await keeper.keyForSending(message.roomId);
    return { ...data, content: await sealText(key, placeOf(message), data.content) };
  }

  /** Events behind one that is being opened wait for it, so that their order stays. */
  function sealingLink(): Link {
    const { link } = parts;
    const listeners = new Map<keyof ServerEvents, Set<(data: never) => void>>();
    let waiting = 0;
    let tail: Promise<void> = Promise.resolve();

    function deliver(name: keyof ServerEvents, data: unknown): void {
      for (const listener of [...(listeners.get(name) ?? [])]) listener(data as never);
    }
    async function open(name: keyof ServerEvents, data: unknown): Promise<void> {
      await loaded;
      if (name === 'new-message') await keeper.live(data as Message);
      deliver(name, await openAll(openers, data).catch(() => data));
      if (name === 'member-updated') follow(data as ServerEvents['member-updated']);
    }
    function take(name: keyof ServerEvents, data: unknown): void {
      if (waiting === 0 && name !== 'member-updated' && !needsOpening(openers, data)) {
        deliver(name, data);
        return;
      }
      waiting += 1;
      tail = tail.then(() => open(name, data)).finally(() => {
        waiting -= 1;
      });
    }

    async function answer(name: keyof ClientEvents, asked: Promise<unknown>): Promise<unknown> {
      const data = await asked;
      await loaded;
      const missed: unknown = read(data, 'missed');
      for (const item of Array.isArray(missed) ? missed : []) {
        if (read(item, 'event') === 'new-message') await keeper.live(read(item, 'data') as Message);
      }
      if (name === 'join-room') void keeper.announce(String(read(read(data, 'room'), 'id')));
      return openAll(openers, data);
    }

    const ask = async (name: keyof ClientEvents, data: unknown): Promise<unknown> => {
      if (name === 'send-message') return answer(name, link.ask(name, await sealed(data as ClientEvents['send-message']['data'])));
      if (name === 'edit-message') return answer(name, link.ask(name, await sealedEdit(data as ClientEvents['edit-message']['data'])));
      return answer(name, link.ask(name, data as never));
    };
    return {
      ...link,
      ask: ask as Link['ask'],
      on: (name, listener) => {
        const set = listeners.get(name) ?? new Set();
        if (!listeners.has(name)) link.on(name, (data) => take(name, data));
        listeners.set(name, set);
        set.add(listener as (data: never) => void);
        return () => set.delete(listener as (data: never) => void);
      },
    };
  }

  /** Somebody came or went: who went takes the key along, so those who look after the room renew it at once. */
  function follow({ roomId, userId, action, member }: ServerEvents['member-updated']): void {
    const left = action === 'removed' || action === 'left';
    const id = userId ?? member?.userId;
    if (!id) return;
    if (!left) keeper.someoneCame(roomId, id);
    else if (id === me()) void keeper.forget(roomId);
    else {
      keeper.someoneLeft(roomId, id);
      const role = rooms.getState().byId[roomId]?.role;
      if ((role === 'owner' || role === 'moderator') && keeper.due(roomId)) void keeper.renew(roomId, true).catch(() => undefined);
    }
  }
}
