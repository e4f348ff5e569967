import type { LucideIcon } from 'lucide-react';
import type { ButtonHTMLAttributes, Ref } from 'react';

type Props = ButtonHTMLAttributes<HTMLButtonElement> & {
  label: string;
  icon: LucideIcon;
  size?: number;
  small?: boolean;
  /** Points along the line of writing: mirrored where that runs from the right. */
  directed?: boolean;
  ref?: Ref<HTMLButtonElement>;
};

/** A button whose face is an icon; its name is in the label and the tooltip. */
export function IconButton({ label, icon: Icon, size = 18, small, directed, className = '', ref, ...rest }: Props) {
  return (
    <button ref={ref} type="button" aria-label={label} title={label} {...rest} className={`ib ${small ? 'ib-s' : ''} ${className}`}>
      <Icon size={size} strokeWidth={1.75} aria-hidden="true" className={directed ? 'rtl:-scale-x-100' : undefined} />
    </button>
  );
}
