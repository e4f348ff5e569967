import { useI18n, type MessageKey } from '@/shared/i18n';
import { Dialog } from '@/shared/ui/Dialog';

type KeyText = MessageKey & `keys.${string}`;

const sheet: readonly { readonly title: KeyText; readonly rows: readonly (readonly [keys: string, what: KeyText])[] }[] = [
  {
    title: 'keys.anywhere',
    rows: [
      ['Ctrl K', 'keys.jump'],
      ['Ctrl Shift F', 'keys.searchAll'],
      ['Ctrl F', 'keys.searchRoom'],
      ['Ctrl ,', 'keys.settings'],
      ['Ctrl .', 'keys.panel'],
      ['F6', 'keys.regions'],
      ['F8', 'keys.notices'],
      ['Esc', 'keys.close'],
    ],
  },
  {
    title: 'keys.rooms',
    rows: [
      ['Alt ↑ ↓', 'keys.nextRoom'],
      ['Alt Shift ↑ ↓', 'keys.nextUnread'],
      ['Alt Shift I', 'keys.inbox'],
      ['Ctrl Shift C', 'keys.call'],
    ],
  },
  {
    title: 'keys.messages',
    rows: [
      ['↑ ↓ Home End', 'keys.walk'],
      ['R', 'keys.thread'],
      ['E', 'keys.edit'],
      ['1 – 3', 'keys.react'],
      ['P', 'keys.pin'],
      ['C', 'keys.copy'],
      ['L', 'keys.link'],
      ['U', 'keys.unread'],
      ['Del', 'keys.delete'],
    ],
  },
  {
    title: 'keys.writing',
    rows: [
      ['Enter', 'keys.send'],
      ['Shift Enter', 'keys.line'],
      ['↑', 'keys.editLast'],
      ['Ctrl B  I', 'keys.bold'],
      ['Ctrl U', 'keys.attach'],
      ['Tab', 'keys.take'],
    ],
  },
  {
    title: 'keys.inCall',
    rows: [
      ['Ctrl Shift A', 'keys.answer'],
      ['Ctrl Shift D', 'keys.decline'],
      ['Ctrl D', 'keys.microphone'],
      ['Ctrl E', 'keys.camera'],
      ['Space', 'keys.talk'],
      ['S', 'keys.share'],
      ['H', 'keys.hand'],
      ['F', 'keys.fullScreen'],
      ['[ ]', 'keys.pages'],
    ],
  },
];

/** The map of all keys. */
export function ShortcutSheet({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useI18n();
  return (
    <Dialog open={open} onClose={onClose} title={t('keys.title')} width={760}>
      <div className="columns-1 gap-8 px-6 pb-6 sm:columns-2">
        {sheet.map(({ title, rows }) => (
          <section key={title} className="mb-5 break-inside-avoid">
            <h3 className="mb-1.5 text-13 font-semibold text-text-2">{t(title)}</h3>
            <dl className="flex flex-col gap-1">
              {rows.map(([keys, what]) => (
                <div key={what} className="flex items-center gap-3 text-13">
                  <dd className="min-w-0 flex-1">{t(what)}</dd>
                  <dt className="flex-none">
                    <kbd className="kbd" dir="ltr">
                      {keys}
                    </kbd>
                  </dt>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
