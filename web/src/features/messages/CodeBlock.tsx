import { Check, Copy } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import { useI18n } from '@/shared/i18n';
import { IconButton } from '@/shared/ui/IconButton';

const FOLDED_LINES = 18;
/** Longer code is shown plain: colours are not worth a pause. */
const LONGEST = 20_000;

function useColours(text: string, language: string): ReactNode {
  const [coloured, setColoured] = useState<{ text: string; node: ReactNode } | null>(null);
  useEffect(() => {
    if (text.length > LONGEST) return;
    let here = true;
    import('./highlight').then(
      ({ highlight }) => {
        if (here) setColoured({ text, node: highlight(text, language) });
      },
      () => undefined,
    );
    return () => {
      here = false;
    };
  }, [text, language]);
  return coloured?.text === text ? coloured.node : text;
}

export function CodeBlock({ text, language }: { text: string; language: string }) {
  const { t } = useI18n();
  const [copied, setCopied] = useState(false);
  const lines = text.split('\n');
  const [open, setOpen] = useState(lines.length <= FOLDED_LINES);
  const shown = open ? text : lines.slice(0, FOLDED_LINES).join('\n');
  const node = useColours(shown, language);
  return (
    <div className="code">
      <span className="code-bar">
        {language}
        <IconButton
          small
          label={t(copied ? 'code.copied' : 'code.copy')}
          icon={copied ? Check : Copy}
          size={14}
          onClick={() => {
            void navigator.clipboard.writeText(text).then(() => {
              setCopied(true);
              setTimeout(() => setCopied(false), 1500);
            });
          }}
        />
      </span>
      {/* It may scroll sideways, and keys must be able to do so. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0}>
        <code>{node}</code>
      </pre>
      {!open && (
        <button type="button" className="w-full py-1.5 text-12 font-semibold text-accent" onClick={() => setOpen(true)}>
          {t('code.more', { n: lines.length - FOLDED_LINES })}
        </button>
      )}
    </div>
  );
}
