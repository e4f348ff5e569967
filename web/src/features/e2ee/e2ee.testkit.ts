import { createClient, type Client } from '@/app/client';
import type { Rest } from '@/shared/api/rest';
import type { Link } from '@/shared/api/socket';
import type { Id, Member, Message, Room, ServerConfig } from '@/shared/api/types';
import { makeMember, makeMessage, makeRoom, makeUser } from '@/testing/things';
import { createE2ee, type E2ee } from './e2ee';
import { memoryVault } from './vault';

type Listener = (data: never) => void;

/** A server that keeps and tells what it is given, and looks into nothing. */
export class SealedServer {
  readonly log: Message[] = [];
  readonly room: Room;
  readonly people: SealedClient[] = [];
  members: Member[] = [];

  constructor(readonly roomId = 'room') {
    this.room = makeRoom(roomId, { e2ee: true, role: 'owner' });
  }

  async join(name: string): Promise<SealedClient> {
    this.members = [...this.members, makeMember(name)];
    const client = new SealedClient(this, name);
    this.people.push(client);
    for (const person of this.people) person.learn();
    client.signIn();
    await client.settled();
    return client;
  }

  /** Out of the room. Whoever is out may be told nothing and keep all they had, as somebody of bad faith would. */
  remove(name: string): void {
    const out = this.people.findIndex((person) => person.name === name);
    if (out >= 0) this.people.splice(out, 1);
    this.members = this.members.filter(({ userId }) => userId !== name);
    for (const person of this.people) person.learn();
    this.tell('member-updated', { roomId: this.roomId, userId: name, action: 'removed' });
  }

  keep(senderId: Id, data: { content?: string; clientId?: string }): Message {
    const seq = this.log.length + 1;
    const { content = '', clientId = null } = data;
    const sender = { id: senderId, name: senderId, avatarUrl: null };
    const message = makeMessage(seq, { roomId: this.roomId, senderId, sender, content, clientId });
    this.log.push(message);
    this.tell('new-message', message);
    return message;
  }

  tell(event: string, data: unknown): void {
    for (const { listeners } of this.people) for (const listener of listeners.get(event) ?? []) listener(structuredClone(data) as never);
  }

  page(query: { before?: number; limit?: number }): { items: Message[] } {
    const before = this.log.filter(({ seq }) => seq < (query.before ?? Infinity));
    return structuredClone({ items: before.slice(-(query.limit ?? 50)) });
  }

  get text(): string {
    return JSON.stringify(this.log);
  }
}

const config = { limits: {}, features: {}, uploads: {} } as unknown as ServerConfig;

export class SealedClient {
  readonly listeners = new Map<string, Set<Listener>>();
  readonly client: Client;
  readonly e2ee: E2ee;

  constructor(
    private readonly server: SealedServer,
    readonly name: string,
  ) {
    const line = this.line();
    const stores = createClient(config, { rest: this.rest(), link: line });
    const { session, rooms, messages } = stores;
    this.e2ee = createE2ee({ rest: this.rest(), link: line, session, rooms, messages, openVault: memoryVault });
    this.client = { ...stores, e2ee: this.e2ee, api: this.e2ee.api, link: this.e2ee.link };
    this.e2ee.link.on('new-message', (message) => messages.dispatch({ type: 'arrived', message }));
    this.e2ee.link.on('member-updated', () => undefined);
  }

  private rest(): Rest {
    const call = (_path: string, request: Parameters<Rest['call']>[1] = {}) => Promise.resolve(this.server.page(request.query ?? {}));
    return { call, token: () => Promise.resolve(null), adopt: () => undefined, forget: () => undefined, restore: () => Promise.resolve(null), hasSession: () => true } as unknown as Rest;
  }

  private line(): Link {
    const ask = (name: string, data: { content?: string; clientId?: string }) =>
      name === 'send-message'
        ? Promise.resolve({ message: structuredClone(this.server.keep(this.name, data)), repeated: false })
        : Promise.reject(new Error(name));
    return {
      state: () => 'online',
      open: () => undefined,
      close: () => undefined,
      tell: () => undefined,
      onState: () => () => undefined,
      ask: ask as unknown as Link['ask'],
      on: (name, listener) => {
        const set = this.listeners.get(name) ?? new Set();
        this.listeners.set(name, set);
        set.add(listener as Listener);
        return () => set.delete(listener as Listener);
      },
    };
  }

  signIn(): void {
    this.client.session.dispatch({ type: 'in', user: makeUser(this.name) });
  }

  learn(): void {
    const { rooms } = this.client;
    rooms.dispatch({ type: 'room', room: { ...this.server.room, role: this.name === this.server.members[0]?.userId ? 'owner' : 'member', memberCount: this.server.members.length } });
    rooms.dispatch({ type: 'members', roomId: this.server.roomId, members: this.server.members });
  }

  /** Everything that was on its way is through. */
  async settled(): Promise<void> {
    for (let turn = 0; turn < 40; turn += 1) await new Promise((resolve) => setTimeout(resolve, 0));
  }

  say = (content: string) => this.client.link.ask('send-message', { roomId: this.server.roomId, content });

  async read(): Promise<readonly Message[]> {
    await this.settled();
    return (await this.e2ee.api.messages(this.server.roomId, { limit: 100 })).items;
  }

  async texts(): Promise<readonly string[]> {
    return (await this.read()).filter(({ sealed }) => sealed !== 'device' && sealed !== 'renewed').map((m) => (m.sealed === 'open' ? m.content : `(${m.sealed ?? ''})`));
  }
}


