import type { ComponentProps } from 'react';

const looks = {
  primary: 'bg-accent text-on-accent hover:bg-accent-hover',
  outline: 'bg-raised text-text shadow-1 inset-ring inset-ring-line hover:bg-active',
  ghost: 'text-text-2 hover:bg-active hover:text-text',
  soft: 'bg-accent-soft text-accent hover:bg-accent hover:text-on-accent',
  signal: 'bg-signal text-on-signal hover:bg-signal-hover',
  danger: 'bg-danger-fill text-on-danger hover:bg-danger-fill-hover',
  leave: 'bg-leave text-white hover:bg-leave-hover',
} as const;

const sizes = {
  s: 'min-h-7 px-2.5 rounded-lg text-13',
  m: 'min-h-8 px-3 rounded-lg text-13',
  l: 'min-h-10 px-4 rounded-lg text-14',
  xl: 'min-h-12 px-5 rounded-[10px] text-15',
} as const;

type Props = ComponentProps<'button'> & { look?: keyof typeof looks; size?: keyof typeof sizes };

export function Button({ look = 'outline', size = 'l', className = '', type = 'button', ...rest }: Props) {
  return (
    <button
      {...rest}
      type={type}
      className={`inline-flex items-center justify-center gap-2 py-1 text-center font-semibold transition-colors duration-(--d1) disabled:opacity-60 pointer-coarse:min-h-11 ${looks[look]} ${sizes[size]} ${className}`}
    />
  );
}
