import * as Radix from '@radix-ui/react-dropdown-menu';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

interface Props {
  trigger: ReactNode;
  align?: 'start' | 'center' | 'end';
  onOpenChange?: (open: boolean) => void;
  children: ReactNode;
}

export function Menu({ trigger, align = 'end', onOpenChange, children }: Props) {
  return (
    <Radix.Root onOpenChange={onOpenChange} modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className="menu" align={align} sideOffset={6} collisionPadding={8}>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface ItemProps {
  icon?: LucideIcon;
  danger?: boolean;
  disabled?: boolean;
  keys?: string;
  onSelect: () => void;
  children: ReactNode;
}

export function MenuItem({ icon: Icon, danger, disabled, keys, onSelect, children }: ItemProps) {
  return (
    <Radix.Item className="menu-item" data-danger={danger} disabled={disabled} onSelect={onSelect}>
      {Icon && <Icon size={16} strokeWidth={1.75} aria-hidden="true" />}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {keys && <span className="kbd">{keys}</span>}
    </Radix.Item>
  );
}

export const MenuLine = () => <Radix.Separator className="menu-line" />;
