import { useRef, useState } from 'react';
import { useClient } from '@/app/client';
import { toApiError } from '@/shared/api/errors';
import { useI18n, type Phrase } from '@/shared/i18n';
import { useStore } from '@/shared/state/store';
import { Avatar } from '@/shared/ui/Avatar';
import { Banner } from '@/shared/ui/Banner';
import { Button } from '@/shared/ui/Button';
import { Field } from '@/shared/ui/Field';
import { errorPhrase } from '@/features/notices/actions';

/** One change at a time, with its failure beside it and a word when it is kept. */
function useSaving() {
  const [state, setState] = useState<{ saved: boolean; failure: { field?: string; text: Phrase } | null }>({ saved: false, failure: null });
  const save = async (work: Promise<unknown>) => {
    try {
      await work;
      setState({ saved: true, failure: null });
      return true;
    } catch (error) {
      setState({ saved: false, failure: { field: toApiError(error).details.field, text: errorPhrase(error) } });
      return false;
    }
  };
  return { ...state, save };
}

function Password() {
  const { t, phrase } = useI18n();
  const client = useClient();
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNew] = useState('');
  const { saved, failure, save } = useSaving();
  return (
    <form
      className="flex flex-col gap-4 border-t border-line-soft pt-6"
      onSubmit={(event) => {
        event.preventDefault();
        void save(client.api.changePassword({ currentPassword, newPassword })).then((kept) => {
          if (!kept) return;
          setCurrent('');
          setNew('');
        });
      }}
    >
      <h3 className="text-14 font-semibold">{t('settings.password')}</h3>
      <Field label={t('settings.currentPassword')} type="password" autoComplete="current-password" value={currentPassword} onChange={setCurrent} error={failure?.field === 'currentPassword' ? phrase(failure.text) : null} />
      <Field label={t('settings.newPassword')} type="password" autoComplete="new-password" value={newPassword} onChange={setNew} hint={t('door.passwordHint')} error={failure?.field === 'newPassword' ? phrase(failure.text) : null} />
      {failure && failure.field !== 'currentPassword' && failure.field !== 'newPassword' && <Banner tone="error">{phrase(failure.text)}</Banner>}
      <div className="flex items-center gap-3">
        <Button type="submit" disabled={!newPassword}>
          {t('settings.changePassword')}
        </Button>
        <span role="status" className="text-13 text-ok">
          {saved && t('settings.saved')}
        </span>
      </div>
    </form>
  );
}

export function ProfilePage() {
  const { t, phrase } = useI18n();
  const client = useClient();
  const user = useStore(client.session, (state) => state.user);
  const [name, setName] = useState(user?.name ?? '');
  const [statusText, setStatusText] = useState(user?.statusText ?? '');
  const picker = useRef<HTMLInputElement>(null);
  const { saved, failure, save } = useSaving();
  if (!user) return null;
  const take = (work: ReturnType<typeof client.api.me>) =>
    save(work.then((changed) => client.session.dispatch({ type: 'user', user: changed })));
  return (
    <div className="flex flex-col gap-6">
      <div className="flex items-center gap-4">
        <Avatar id={user.id} name={user.name} size={64} url={user.avatarUrl} />
        <div>
          <Button size="m" onClick={() => picker.current?.click()}>
            {t('settings.picture')}
          </Button>
          <p className="mt-1.5 text-12 text-text-3">
            <bdi dir="ltr">{user.email}</bdi> {user.handle && <bdi dir="ltr">@{user.handle}</bdi>}
          </p>
        </div>
        <input
          ref={picker}
          type="file"
          accept="image/png,image/jpeg,image/webp,image/gif"
          hidden
          onChange={(event) => {
            const [picture] = event.target.files ?? [];
            if (picture) void take(client.api.setAvatar(picture));
            event.target.value = '';
          }}
        />
      </div>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          void take(client.api.editMe({ name: name.trim(), statusText: statusText.trim() }));
        }}
      >
        <Field label={t('door.name')} value={name} onChange={setName} maxLength={80} autoComplete="name" error={failure?.field === 'name' ? phrase(failure.text) : null} />
        <Field label={t('settings.status')} value={statusText} onChange={setStatusText} maxLength={140} />
        {failure && failure.field !== 'name' && <Banner tone="error">{phrase(failure.text)}</Banner>}
        <div className="flex items-center gap-3">
          <Button type="submit" look="primary">
            {t('app.save')}
          </Button>
          <span role="status" className="text-13 text-ok">
            {saved && t('settings.saved')}
          </span>
        </div>
      </form>
      {!user.guest && <Password />}
    </div>
  );
}
