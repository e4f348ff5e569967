import { Bold, Code, Eye, EyeOff, Italic, List, ListOrdered, Quote, Strikethrough } from 'lucide-react';
import { useI18n } from '@/shared/i18n';
import { IconButton } from '@/shared/ui/IconButton';
import { mark, prefix, type Selection } from './format';

interface Props {
  preview: boolean;
  onPreview: () => void;
  onChange: (selection: Selection) => void;
  selection: () => Selection;
}

/** The signs of Markdown for those who do not know them by heart. */
export function FormatBar({ preview, onPreview, onChange, selection }: Props) {
  const { t } = useI18n();
  return (
    <div role="toolbar" aria-label={t('composer.format')} className="flex flex-wrap items-center gap-0.5 border-t border-line-soft px-1.5 pt-1">
      <IconButton small label={t('format.bold')} icon={Bold} size={16} onClick={() => onChange(mark(selection(), 'bold'))} />
      <IconButton small label={t('format.italic')} icon={Italic} size={16} onClick={() => onChange(mark(selection(), 'italic'))} />
      <IconButton small label={t('format.strike')} icon={Strikethrough} size={16} onClick={() => onChange(mark(selection(), 'strike'))} />
      <IconButton small label={t('format.code')} icon={Code} size={16} onClick={() => onChange(mark(selection(), 'code'))} />
      <IconButton small label={t('format.bullets')} icon={List} size={16} onClick={() => onChange(prefix(selection(), 'bullets'))} />
      <IconButton small label={t('format.numbers')} icon={ListOrdered} size={16} onClick={() => onChange(prefix(selection(), 'numbers'))} />
      <IconButton small label={t('format.quote')} icon={Quote} size={16} onClick={() => onChange(prefix(selection(), 'quote'))} />
      <span className="flex-1" />
      <IconButton small label={t('format.preview')} icon={preview ? EyeOff : Eye} size={16} aria-pressed={preview} onClick={onPreview} />
    </div>
  );
}
