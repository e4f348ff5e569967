import { createClient, type Client } from '@/app/client';
import { ApiError, toApiError } from '@/shared/api/errors';
import { createEndpoints } from '@/shared/api/endpoints';
import { createRest } from '@/shared/api/rest';
import type { Id, ServerConfig, Session } from '@/shared/api/types';
import type { Phrase } from '@/shared/i18n';
import { keepShell, keptShell } from '@/pwa/keptShell';
import { flushOutbox } from '@/features/messages/actions';
import { restoreOutbox } from '@/features/messages/outbox';
import { setUploadToken } from '@/features/files/upload';
import { forgetSearches } from '@/features/search/recent';
import { doorPhrase } from './doorPhrase';
import type { Returned } from './returned';

/** What this server offers. Null: it knows no accounts, so the page is a call page alone. */
export async function askConfig(): Promise<ServerConfig | null> {
  try {
    const config: unknown = await createEndpoints(createRest()).config();
    return typeof config === 'object' && config !== null && 'registration' in config ? (config as ServerConfig) : null;
  } catch (error) {
    const { code } = toApiError(error);
    if (error instanceof ApiError && (error.details.status === 404 || code === 'bad-answer')) return null;
    throw error;
  }
}

/** Whose rooms and messages the stores hold, through the time at the door after a session that ended by itself. */
const owners = new WeakMap<Client, Id>();

async function resumeOutbox(client: Client): Promise<void> {
  await restoreOutbox(client);
  // The line may have come first.
  if (client.link.state() === 'online') await flushOutbox(client);
}

function enter(client: Client, session: Session): void {
  const { id } = session.user;
  // What somebody else left is neither shown to this person nor sent in their name.
  if ((owners.get(client) ?? id) !== id) emptyStores(client);
  owners.set(client, id);
  client.rest.adopt(session);
  const again = client.session.getState().phase === 'in';
  client.session.dispatch({ type: 'in', user: session.user });
  if (!again) void resumeOutbox(client);
}

/** Why a provider, or the server behind it, let nobody in. */
const refusalOf = ({ error, message }: { error: string; message: string }): Phrase => ({
  key: 'door.oidcRefused',
  parameters: { detail: message === '' ? error : message },
});

/** A client at its start: with a session that the browser kept, with a provider's answer, or with neither. */
export function startClient(config: ServerConfig, returned: Returned | null = null): Client {
  const client = createClient(config);
  setUploadToken(client.rest.token);
  keepShell(client);
  if (returned && 'code' in returned) void exchangeCode(client, returned.code);
  else if (returned) client.session.dispatch({ type: 'out', refusal: refusalOf(returned) });
  else if (client.rest.hasSession()) void restoreSession(client);
  else client.session.dispatch({ type: 'out' });
  return client;
}

/** A provider's code is good once and for a minute: it is exchanged at once, and what the browser kept gives way. */
async function exchangeCode(client: Client, code: string): Promise<void> {
  try {
    enter(client, await client.api.exchange(code));
  } catch (error) {
    const { code: kind, message } = toApiError(error);
    const refusal = kind === 'unauthenticated' ? refusalOf({ error: kind, message }) : doorPhrase(error);
    client.session.dispatch({ type: 'out', refusal });
  }
}

const FIRST_MS = 1000;
const MOST_MS = 10_000;

/** The page of last time, while the server cannot be asked. */
function showKept(client: Client): void {
  const kept = keptShell();
  if (!kept || client.session.getState().phase !== 'restoring') return;
  client.session.dispatch({ type: 'in', user: kept.user });
  owners.set(client, kept.user.id);
  client.rooms.dispatch({ type: 'loaded', rooms: kept.rooms });
  void resumeOutbox(client);
}

/** Asks the server about the session that the browser kept, again and again while it is away. */
export async function restoreSession(client: Client, wait = FIRST_MS): Promise<void> {
  try {
    const session = await client.rest.restore();
    if (session) enter(client, session);
    else client.session.dispatch({ type: 'out' });
  } catch {
    showKept(client);
    client.session.dispatch({ type: 'away' });
    setTimeout(() => void restoreSession(client, Math.min(wait * 2, MOST_MS)), wait);
  }
}

export async function signIn(client: Client, body: { email: string; password: string }): Promise<void> {
  enter(client, await client.api.logIn(body));
}

export async function register(
  client: Client,
  body: { email: string; password: string; name: string; invitation?: string },
): Promise<void> {
  enter(client, await client.api.register(body));
}

export async function enterAsGuest(client: Client, body: { token: string; name: string; password?: string }): Promise<void> {
  enter(client, await client.api.guest(body));
}

function emptyStores(client: Client): void {
  client.rooms.dispatch({ type: 'reset' });
  client.messages.dispatch({ type: 'reset' });
  client.presence.dispatch({ type: 'reset' });
  client.inbox.dispatch({ type: 'reset' });
  client.calls.dispatch({ type: 'reset' });
  client.uploads.dispatch({ type: 'reset' });
}

export async function signOut(client: Client, everywhere = false): Promise<void> {
  // The server forgets first, while the token still speaks for us; if it is away, this browser forgets anyway.
  await (everywhere ? client.api.logOutEverywhere() : client.api.logOut()).catch(() => undefined);
  const me = client.session.getState().user?.id;
  if (me) forgetSearches(me);
  client.link.close();
  client.session.dispatch({ type: 'out' });
  client.rest.forget();
  emptyStores(client);
}
