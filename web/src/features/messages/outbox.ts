import { myId, type Client } from '@/app/client';
import type { Id } from '@/shared/api/types';
import { localStore } from '@/shared/lib/storage';
import type { Outgoing } from './messagesReducer';

/** A waiting message as it lies on the disk. `sealed`: its text is the ciphertext of an encrypted room. */
type Kept = Outgoing & { readonly sealed?: boolean };

const keyOf = (userId: Id): string => `parley.outbox.${userId}`;
const parse = (value: unknown): readonly Kept[] | undefined => (Array.isArray(value) ? (value as Kept[]) : undefined);

/** Ciphertexts of what waits in encrypted rooms, by the message's own number. */
const sealedTexts = new WeakMap<Client, Map<string, string>>();

function sealedOf(client: Client): Map<string, string> {
  const texts = sealedTexts.get(client) ?? new Map<string, string>();
  sealedTexts.set(client, texts);
  return texts;
}

const waits = (client: Client, clientId: string): boolean =>
  client.messages.getState().outbox.some((item) => item.clientId === clientId);

async function sealFirst(client: Client, { roomId, clientId, content }: Outgoing): Promise<void> {
  const sealed = await client.e2ee.kept.seal(roomId, clientId, content);
  if (sealed === null || !waits(client, clientId)) return;
  sealedOf(client).set(clientId, sealed);
  keepOutbox(client);
}

/** Writes down what waits, for the next start of the page. Words of encrypted rooms touch the disk only as ciphertext. */
export function keepOutbox(client: Client): void {
  const me = myId(client);
  if (me === '') return;
  const texts = sealedOf(client);
  const { outbox } = client.messages.getState();
  for (const clientId of texts.keys()) if (!waits(client, clientId)) texts.delete(clientId);
  const kept = outbox.flatMap((item): Kept[] => {
    if (!client.e2ee.encrypted(item.roomId)) return [item];
    const content = texts.get(item.clientId);
    if (content !== undefined) return [{ ...item, content, sealed: true }];
    void sealFirst(client, item);
    return [];
  });
  localStore.write(keyOf(me), kept);
}

async function textOf(client: Client, { roomId, clientId, content, sealed }: Kept): Promise<string | null> {
  if (!sealed) return content;
  const text = await client.e2ee.kept.open(roomId, clientId, content);
  if (text !== null) sealedOf(client).set(clientId, content);
  return text;
}

/** Messages that were still waiting when the page was closed wait on, for the same person and in their order. */
export async function restoreOutbox(client: Client): Promise<void> {
  // Older pages kept one list for all accounts, with the words of encrypted rooms as they were typed.
  localStore.remove('parley.outbox');
  const me = myId(client);
  for (const kept of localStore.read(keyOf(me), parse, [])) {
    const content = await textOf(client, kept);
    // The key of the room is gone from this browser, and with it every way to read or to send this.
    if (content === null) continue;
    if (myId(client) !== me) return;
    if (waits(client, kept.clientId)) continue;
    const { sealed: _, ...item } = kept;
    const state = item.state === 'failed' ? 'failed' : 'queued';
    client.messages.dispatch({ type: 'post', outgoing: { ...item, content, state } });
  }
}
