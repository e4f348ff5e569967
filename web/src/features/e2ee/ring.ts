import type { Bytes } from './codec';
import type { Device } from './devices';
import { keyOfRoot, keyOfSecret, type RoomKey } from './keys';
import type { KeptRoom, Vault } from './vault';

interface Held {
  readonly key: RoomKey;
  /** Sealed for this browser. */
  readonly secret: Bytes;
}

/** All keys of one room that this browser has, and who else holds them. */
export class Ring {
  private readonly held = new Map<string, Held>();
  private readonly renewed = new Map<string, string>();
  readonly devices = new Map<string, Device>();
  /** People who left while this page was open. */
  readonly gone = new Set<string>();
  current: string | null = null;
  /** The key whose renewal the list of devices begins with. */
  listed: string | null = null;
  floor = 0;
  seen = 0;

  constructor(
    readonly roomId: string,
    private readonly vault: Vault,
  ) {}

  static async from(kept: KeptRoom, vault: Vault): Promise<Ring> {
    const ring = new Ring(kept.roomId, vault);
    for (const { id, root, secret } of kept.keys) ring.held.set(id, { key: await keyOfRoot(kept.roomId, root), secret });
    for (const [base, next] of Object.entries(kept.renewed)) ring.renewed.set(base, next);
    for (const device of kept.devices) ring.devices.set(device.id, device);
    ring.current = ring.listed = kept.current;
    ring.floor = kept.floor;
    ring.seen = kept.seen;
    return ring;
  }

  key(id: string): RoomKey | undefined {
    return this.held.get(id)?.key;
  }

  /** The key that seals what is sent; undefined when the newest is not here. */
  get newest(): RoomKey | undefined {
    return this.current === null ? undefined : this.key(this.current);
  }

  get empty(): boolean {
    return this.held.size === 0;
  }

  /** Every key here, the newest last. */
  get keys(): readonly RoomKey[] {
    const all = [...this.held.values()].map(({ key }) => key);
    return all.sort((a, b) => Number(a.id === this.current) - Number(b.id === this.current));
  }

  async add(secret: Bytes): Promise<RoomKey> {
    const key = await keyOfSecret(this.roomId, secret);
    if (!this.held.has(key.id)) this.held.set(key.id, { key, secret: await this.vault.sealSecret(this.roomId, secret) });
    return key;
  }

  drop(id: string): void {
    this.held.delete(id);
  }

  nextOf(base: string): string | undefined {
    return this.renewed.get(base);
  }

  /** The first renewal of a key counts; everybody sees the same order, so everybody means the same. */
  renew(base: string, next: string): boolean {
    const known = this.renewed.get(base);
    if (known !== undefined) return known === next;
    this.renewed.set(base, next);
    return true;
  }

  /** Follows renewals from a key to the one that nothing came after. */
  lastFrom(id: string): string {
    let last = id;
    for (let steps = 0; steps <= this.renewed.size; steps += 1) last = this.renewed.get(last) ?? last;
    return last;
  }

  async secretOf(id: string): Promise<Bytes | null> {
    const held = this.held.get(id);
    return held ? this.vault.openSecret(this.roomId, held.secret) : null;
  }

  keep(): Promise<void> {
    return this.vault.keep({
      roomId: this.roomId,
      keys: [...this.held].map(([id, { key, secret }]) => ({ id, root: key.root, secret })),
      renewed: Object.fromEntries(this.renewed),
      current: this.current,
      devices: [...this.devices.values()],
      floor: this.floor,
      seen: this.seen,
    });
  }
}
