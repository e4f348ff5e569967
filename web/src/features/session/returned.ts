/** What a provider's sign-in left behind the # of the address: a code for a session, or why there is none. */
export type Returned = { readonly code: string } | { readonly error: string; readonly message: string };

export function readReturned(hash: string): Returned | null {
  const values = new URLSearchParams(hash.replace(/^#/, ''));
  const code = values.get('code');
  if (code) return { code };
  const error = values.get('error');
  return error ? { error, message: values.get('message') ?? '' } : null;
}

/** Reads it and takes it out of the address: it is good once, and nobody else's concern. */
export function takeReturned(): Returned | null {
  const returned = readReturned(window.location.hash);
  if (returned) window.history.replaceState(window.history.state, '', window.location.pathname + window.location.search);
  return returned;
}

/** Where a button of a provider leads; from there the browser comes back to the door with what is read above. */
export const startAt = (startUrl: string): string => `${startUrl}?redirect=${encodeURIComponent('/signin')}`;
