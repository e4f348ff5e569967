import { ApiError } from '@/shared/api/errors';
import type { Endpoints } from '@/shared/api/endpoints';
import type { Link } from '@/shared/api/socket';
import type { Id, Member, Message } from '@/shared/api/types';
import { newSecret, parseSecret, type Bytes } from './codec';
import { controlOf, takeControl, takeControls, type Control } from './controls';
import { walkBack } from './history';
import { keyOfSecret, type RoomKey } from './keys';
import { writeRenewals } from './renewal';
import { Ring } from './ring';
import { sealJson } from './sealedText';
import { openVault, type Vault } from './vault';

/** What the keeper asks of the page around it. */
export interface Surroundings {
  readonly api: Pick<Endpoints, 'messages'>;
  readonly link: Pick<Link, 'ask' | 'state'>;
  readonly me: () => Id;
  /** Everybody in a room; undefined while not everybody is known. */
  readonly members: (roomId: Id) => readonly Member[] | undefined;
  readonly onChange: (roomId: Id) => void;
  readonly openVault?: (userId: Id) => Promise<Vault>;
}

export type Taken = 'taken' | 'malformed' | 'wrong' | 'old';

const noKey = (): ApiError => new ApiError('no-key', 'the key of this room is not here');

/** Holds the keys of all rooms of one account, takes new ones in and makes them. */
export class Keeper {
  private vault: Promise<Vault> | null = null;
  private readonly rings = new Map<Id, Ring>();
  private readonly turns = new Map<Id, Promise<unknown>>();
  private readonly arrivals = new Map<Id, Promise<unknown>>();
  private readonly announcing = new Set<Id>();
  private readonly missing = new Set<string>();

  constructor(private readonly around: Surroundings) {}

  /** Begins with the keys that this browser kept for somebody; without anybody it forgets all (in memory). */
  async load(userId: Id | null): Promise<void> {
    this.rings.clear();
    this.missing.clear();
    this.vault = userId === null ? null : (this.around.openVault ?? openVault)(userId);
    const vault = await this.vault;
    if (!vault) return;
    for (const kept of await vault.rooms()) {
      this.rings.set(kept.roomId, await Ring.from(kept, vault));
      this.around.onChange(kept.roomId);
    }
  }

  ring(roomId: Id): Ring | undefined {
    return this.rings.get(roomId);
  }

  private async ringFor(roomId: Id): Promise<Ring> {
    const vault = await this.vault;
    if (!vault) throw noKey();
    const ring = this.rings.get(roomId) ?? new Ring(roomId, vault);
    this.rings.set(roomId, ring);
    return ring;
  }

  /** One change of a room's keys after the other. */
  private inTurn<T>(roomId: Id, work: () => Promise<T>): Promise<T> {
    const turn = (this.turns.get(roomId) ?? Promise.resolve()).then(work, work);
    this.turns.set(roomId, turn.catch(() => undefined));
    return turn;
  }

  private async changed(ring: Ring): Promise<void> {
    await ring.keep().catch(() => undefined);
    this.around.onChange(ring.roomId);
  }

  /** The first key of a room, or a fresh start where nobody has the old one any more. */
  async begin(roomId: Id): Promise<void> {
    const ring = await this.ringFor(roomId);
    ring.current = ring.listed = (await ring.add(newSecret())).id;
    ring.devices.clear();
    await this.changed(ring);
    await this.announce(roomId);
  }

  /** A secret that somebody typed or that came with a link: taken when something in the room was sealed with its key. */
  takeSecret(roomId: Id, typed: string): Promise<Taken> {
    const secret = parseSecret(typed);
    return secret ? this.inTurn(roomId, () => this.take(roomId, secret)) : Promise.resolve('malformed');
  }

  private async take(roomId: Id, secret: Bytes): Promise<Taken> {
    const vault = await this.vault;
    if (!vault) throw noKey();
    const ring = await this.ringFor(roomId);
    const { id } = await keyOfSecret(roomId, secret);
    if (ring.key(id) && ring.newest) return 'taken';
    const before = ring.empty ? null : ring.current;
    await ring.add(secret);
    const walk = await walkBack(this.around.api, roomId, {
      until: 0,
      enough: ({ envelope }) => envelope.marker === 'r' && envelope.keyId === id,
    });
    if (walk.keyIds.size > 0 && !walk.keyIds.has(id)) {
      ring.drop(id);
      if (ring.empty) this.rings.delete(roomId);
      return 'wrong';
    }
    ring.current = before !== null && ring.key(before) ? before : id;
    await takeControls(ring, vault.device, walk.controls);
    ring.floor = walk.floor;
    ring.seen = walk.newest;
    await this.changed(ring);
    void this.announce(roomId);
    return ring.newest ? 'taken' : 'old';
  }

  /** Tells the room that this device holds its key, so that the next one is handed to it, too. */
  async announce(roomId: Id): Promise<void> {
    const { link, me } = this.around;
    const ring = this.ring(roomId);
    const vault = await this.vault;
    const key = ring?.newest;
    if (!vault || !ring || !key || ring.devices.has(vault.device.id)) return;
    if (this.announcing.has(roomId) || link.state() !== 'online') return;
    this.announcing.add(roomId);
    try {
      const clientId = crypto.randomUUID();
      const content = await sealJson(key, 'd', { roomId, senderId: me(), clientId }, { point: vault.device.point });
      const { message } = await link.ask('send-message', { roomId, content, clientId });
      await this.live(message);
    } catch {
      // Said again before the next message.
    } finally {
      this.announcing.delete(roomId);
    }
  }

  /** What a new message says about keys, before anything behind it is opened. */
  live(message: Message): Promise<void> {
    // One after the other, as they arrived: of two renewals of one key, the first one counts for everybody.
    const arrival = (this.arrivals.get(message.roomId) ?? Promise.resolve()).then(() => this.takeIn(message));
    this.arrivals.set(message.roomId, arrival.catch(() => undefined));
    return arrival;
  }

  private async takeIn(message: Message): Promise<void> {
    const ring = this.ring(message.roomId);
    const control = controlOf(message);
    const vault = await this.vault;
    if (ring && control && vault && (await takeControl(ring, vault.device, control))) await this.changed(ring);
  }

  /** Looks for a key that something was sealed with and that is not here. */
  async look(roomId: Id, keyId: string): Promise<void> {
    const wish = `${roomId} ${keyId}`;
    const ring = this.ring(roomId);
    if (!ring || this.missing.has(wish)) return;
    this.missing.add(wish);
    await this.inTurn(roomId, async () => {
      await this.catchUp(ring);
      if (!ring.key(keyId) && ring.floor > 0) await this.deepen(ring);
    }).catch(() => this.missing.delete(wish));
  }

  private async catchUp(ring: Ring): Promise<void> {
    const vault = await this.vault;
    if (!vault) return;
    const until = ring.seen;
    // What is older than a renewal whose new key is here came with that.
    const known = ({ envelope }: Control) => envelope.marker === 'r' && ring.key(envelope.keyId) !== undefined;
    const walk = await walkBack(this.around.api, ring.roomId, { until, enough: until === 0 ? known : () => false });
    await takeControls(ring, vault.device, walk.controls);
    if (until === 0) ring.floor = walk.floor;
    ring.seen = Math.max(ring.seen, walk.newest);
    await this.changed(ring);
  }

  private async deepen(ring: Ring): Promise<void> {
    const vault = await this.vault;
    if (!vault) return;
    const walk = await walkBack(this.around.api, ring.roomId, { before: ring.floor, until: 0, enough: () => false });
    await takeControls(ring, vault.device, walk.controls);
    ring.floor = walk.floor;
    await this.changed(ring);
  }

  someoneLeft(roomId: Id, userId: Id): void {
    const ring = this.ring(roomId);
    if (!ring) return;
    ring.gone.add(userId);
    this.around.onChange(roomId);
  }

  someoneCame(roomId: Id, userId: Id): void {
    this.ring(roomId)?.gone.delete(userId);
  }

  private isHere(ring: Ring, userId: Id): boolean {
    const members = this.around.members(ring.roomId);
    return members ? members.some((member) => member.userId === userId) : !ring.gone.has(userId);
  }

  /** Somebody who holds the key is no member any more. */
  due(roomId: Id): boolean {
    const ring = this.ring(roomId);
    return ring?.newest !== undefined && [...ring.devices.values()].some(({ userId }) => !this.isHere(ring, userId));
  }

  /** The key for what goes out now. A key that somebody took along when leaving is renewed before. */
  async keyForSending(roomId: Id): Promise<RoomKey> {
    await this.vault;
    if (this.due(roomId)) await this.renew(roomId, true);
    const key = this.ring(roomId)?.newest;
    if (!key) throw noKey();
    void this.announce(roomId);
    return key;
  }

  /** Makes a new secret and hands it to every device of those who are here. `whenDue`: only if it is still needed. */
  renew(roomId: Id, whenDue = false): Promise<void> {
    return this.inTurn(roomId, async () => {
      const ring = await this.ringFor(roomId);
      await this.catchUp(ring);
      if (whenDue && !this.due(roomId)) return;
      const base = ring.newest;
      const baseSecret = base && (await ring.secretOf(base.id));
      if (!base || !baseSecret) throw noKey();
      await this.handOut(ring, base, baseSecret);
    });
  }

  private async handOut(ring: Ring, base: RoomKey, baseSecret: Bytes): Promise<void> {
    const { link, me } = this.around;
    const vault = await this.vault;
    if (!vault) throw noKey();
    const { roomId } = ring;
    const own = { id: vault.device.id, point: vault.device.point, userId: me() };
    ring.devices.set(own.id, own);
    const devices = [...ring.devices.values()].filter(({ userId }) => this.isHere(ring, userId));
    const nextSecret = newSecret();
    const next = await keyOfSecret(roomId, nextSecret);
    const ids: string[] = [];
    const placeOf = (part: number) => ({ roomId, senderId: me(), clientId: (ids[part] ??= crypto.randomUUID()) });
    const parts = await writeRenewals({ base, baseSecret, next, nextSecret, own: vault.device, devices, placeOf });
    for (const [part, content] of parts.entries()) {
      const { message } = await link.ask('send-message', { roomId, content, clientId: placeOf(part).clientId });
      await this.live(message);
    }
  }

  async forget(roomId: Id): Promise<void> {
    this.rings.delete(roomId);
    await (await this.vault)?.forget(roomId);
    this.around.onChange(roomId);
  }
}
