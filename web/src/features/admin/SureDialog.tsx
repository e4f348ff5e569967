import { useState } from 'react';
import { useI18n } from '@/shared/i18n';
import { Button } from '@/shared/ui/Button';
import { Dialog } from '@/shared/ui/Dialog';
import { Field } from '@/shared/ui/Field';

interface Props {
  readonly title: string;
  readonly why: string;
  readonly act: string;
  /** To be typed before the act can be done. */
  readonly typed?: { readonly label: string; readonly text: string };
  readonly onSure: () => void;
  readonly onClose: () => void;
}

/** Asks before what cannot be undone. */
export function SureDialog({ title, why, act, typed, onSure, onClose }: Props) {
  const { t } = useI18n();
  const [text, setText] = useState('');
  const ready = !typed || text.trim() === typed.text.trim();
  return (
    <Dialog open onClose={onClose} title={title} description={why}>
      <form
        className="flex flex-col gap-4 px-6 pb-6"
        onSubmit={(event) => {
          event.preventDefault();
          if (!ready) return;
          onSure();
          onClose();
        }}
      >
        {typed && <Field label={typed.label} placeholder={typed.text} value={text} onChange={setText} autoComplete="off" />}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('app.cancel')}</Button>
          <Button type="submit" look="danger" disabled={!ready}>
            {act}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
