import type { CallSession } from '../session/types';

/** Copies the address of the call, without the fragment: that may hold my own token. False when the browser refuses. */
export async function copyLink(session: CallSession): Promise<boolean> {
  const link = window.location.origin + window.location.pathname;
  try {
    const { clipboard } = navigator as { clipboard?: Clipboard };
    if (!clipboard) throw new Error('no clipboard');
    await clipboard.writeText(link);
    return true;
  } catch {
    session.store.dispatch({
      type: 'notice',
      notice: { id: 'link', tone: 'warn', text: { key: 'call.inviteFailed', parameters: { link } } },
    });
    return false;
  }
}

/** The same from a key: what happened is told in a line of its own. */
export function copyLinkByKey(session: CallSession): void {
  void copyLink(session).then((copied) => {
    if (!copied) return;
    session.store.dispatch({ type: 'notice', notice: { id: 'link', tone: 'warn', text: { key: 'call.inviteCopied' }, brief: true } });
  });
}
