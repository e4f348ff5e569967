import { createClient, type Client } from '@/app/client';
import { ApiError, toApiError } from '@/shared/api/errors';
import { createEndpoints } from '@/shared/api/endpoints';
import { createRest } from '@/shared/api/rest';
import type { ServerConfig, Session } from '@/shared/api/types';
import { restoreOutbox } from '@/features/messages/actions';
import { setUploadToken } from '@/features/files/upload';

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

function enter(client: Client, session: Session): void {
  client.rest.adopt(session);
  client.session.dispatch({ type: 'in', user: session.user });
  restoreOutbox(client);
}

export function startClient(config: ServerConfig): Client {
  const client = createClient(config);
  setUploadToken(client.rest.token);
  if (!client.rest.hasSession()) client.session.dispatch({ type: 'out' });
  return client;
}

/** Asks the server about the session that the browser kept, again and again while it is away. */
export function restoreSession(client: Client): () => void {
  let stopped = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const attempt = async (wait: number) => {
    try {
      const session = await client.rest.restore();
      if (stopped) return;
      if (session) enter(client, session);
      else client.session.dispatch({ type: 'out' });
    } catch {
      if (stopped) return;
      client.session.dispatch({ type: 'away' });
      timer = setTimeout(() => void attempt(Math.min(wait * 2, 10_000)), wait);
    }
  };
  void attempt(1000);
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
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

export async function enterAsGuest(client: Client, body: { token: string; name: string }): Promise<void> {
  enter(client, await client.api.guest(body));
}

function clear(client: Client): void {
  client.rest.forget();
  client.rooms.dispatch({ type: 'reset' });
  client.messages.dispatch({ type: 'reset' });
  client.presence.dispatch({ type: 'reset' });
  client.calls.dispatch({ type: 'reset' });
  client.uploads.dispatch({ type: 'reset' });
}

export async function signOut(client: Client, everywhere = false): Promise<void> {
  // The server forgets first, while the token still speaks for us; if it is away, this browser forgets anyway.
  await (everywhere ? client.api.logOutEverywhere() : client.api.logOut()).catch(() => undefined);
  client.link.close();
  client.session.dispatch({ type: 'out' });
  clear(client);
}
