import { Download } from 'lucide-react';
import { useCallback, useEffect, useState, type SyntheticEvent } from 'react';
import type { components } from '@/shared/api/generated/openapi';
import { createRest } from '@/shared/api/rest';
import { toApiError } from '@/shared/api/errors';
import { useI18n, type MessageKey } from '@/shared/i18n';
import { momentText, sizeText } from '@/shared/lib/time';
import { Button } from '@/shared/ui/Button';
import { Field } from '@/shared/ui/Field';
import { Mark } from '@/shared/ui/Logo';
import { FileIcon } from './FileIcon';
import './files.css';

type Shared = components['schemas']['SharedFile'];
type State =
  | { readonly is: 'asking' | 'gone' | 'away' }
  | { readonly is: 'locked'; readonly error: MessageKey | null; readonly wait?: number }
  | { readonly is: 'open'; readonly shared: Shared };

const rest = createRest({ vault: { read: () => null, write: () => undefined } });

const ask = (token: string, password?: string): Promise<Shared> => {
  const path = `/shared/${encodeURIComponent(token)}`;
  return password === undefined ? rest.call<Shared>(path, { open: true }) : rest.call<Shared>(path, { open: true, method: 'POST', body: { password } });
};

function failed(error: unknown, tried: boolean): State {
  const { code, offline, details } = toApiError(error);
  if (offline) return { is: 'away' };
  if (code === 'unauthenticated') return { is: 'locked', error: tried ? 'shared.wrong' : null };
  if (code === 'rate-limited') return { is: 'locked', error: 'shared.wait', wait: Math.ceil(details.retryAfter ?? 1) };
  return { is: 'gone' };
}

function useShared(token: string) {
  const [state, setState] = useState<State>({ is: 'asking' });
  const open = useCallback(
    (password?: string) => {
      ask(token, password).then(
        (shared) => setState({ is: 'open', shared }),
        (error: unknown) => setState(failed(error, password !== undefined)),
      );
    },
    [token],
  );
  useEffect(() => open(), [open]);
  return { state, open };
}

function PasswordForm({ state, open }: { state: Extract<State, { is: 'locked' }>; open: (password: string) => void }) {
  const { t, phrase } = useI18n();
  const [password, setPassword] = useState('');
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    open(password);
  };
  const error = state.error ? phrase({ key: state.error, parameters: { n: state.wait ?? 0 } }) : null;
  return (
    <form className="flex flex-col gap-4" onSubmit={submit}>
      <h1 className="text-20 font-semibold">{t('shared.locked')}</h1>
      <Field label={t('door.password')} type="password" autoComplete="off" value={password} onChange={setPassword} error={error} required />
      <Button type="submit" look="primary" size="xl">
        {t('shared.open')}
      </Button>
    </form>
  );
}

function Offer({ shared }: { shared: Shared }) {
  const { t, language } = useI18n();
  const { file, url, expiresAt } = shared;
  // An address elsewhere would be none of this server's making.
  const safe = new URL(url, window.location.origin);
  return (
    <div className="flex flex-col gap-4">
      <div className="flex items-center gap-3">
        <FileIcon file={file} />
        <div className="min-w-0">
          <h1 className="truncate text-17 font-semibold">
            <bdi>{file.name}</bdi>
          </h1>
          <p className="text-13 text-text-2">
            {sizeText(file.size, language)} · {momentText(file.updatedAt, language)}
          </p>
        </div>
      </div>
      {/^https?:$/.test(safe.protocol) && (
        <a
          href={safe.href}
          download={file.name}
          className="inline-flex min-h-12 items-center justify-center gap-2 rounded-[10px] bg-accent px-5 text-15 font-semibold text-on-accent hover:bg-accent-hover"
        >
          <Download size={18} aria-hidden="true" />
          {t('files.get')}
        </a>
      )}
      {expiresAt && <p className="text-12 text-text-3">{t('shared.ends', { time: momentText(expiresAt, language) })}</p>}
    </div>
  );
}

/** What a link to a file leads to, for whoever has it: no account is asked for. */
export function SharedPage({ token }: { token: string }) {
  const { t } = useI18n();
  const { state, open } = useShared(token);
  return (
    <main className="grid min-h-dvh place-items-center p-4">
      <div className="card flex w-full max-w-sm flex-col gap-5 p-6">
        <Mark size={32} />
        {state.is === 'locked' && <PasswordForm state={state} open={open} />}
        {state.is === 'open' && <Offer shared={state.shared} />}
        {state.is === 'gone' && (
          <>
            <h1 className="text-20 font-semibold">{t('shared.gone')}</h1>
            <p className="text-14 text-text-2">{t('shared.goneWhy')}</p>
          </>
        )}
        {state.is === 'away' && (
          <>
            <h1 className="text-20 font-semibold">{t('shared.away')}</h1>
            <Button size="l" onClick={() => open()}>
              {t('message.retry')}
            </Button>
          </>
        )}
      </div>
    </main>
  );
}
