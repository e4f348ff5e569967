import * as Radix from '@radix-ui/react-dropdown-menu';
import { Check, type LucideIcon } from 'lucide-react';
import type { ReactNode, RefObject } from 'react';

export interface MenuProps {
  trigger: ReactNode;
  align?: 'start' | 'center' | 'end';
  /** Held by whoever opens it in other ways than by its trigger, too. */
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** Where the focus goes when it closes; the trigger unless said. */
  focusAfter?: RefObject<HTMLElement | null>;
  children: ReactNode;
}

export function Menu({ trigger, align = 'end', open, onOpenChange, focusAfter, children }: MenuProps) {
  const giveBack = (event: Event) => {
    if (!focusAfter?.current) return;
    event.preventDefault();
    focusAfter.current.focus();
  };
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange} modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className="menu" align={align} sideOffset={6} collisionPadding={8} onCloseAutoFocus={giveBack}>
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

/** A choice that is on or off. */
export function MenuCheck({ icon: Icon, checked, onSelect, children }: Pick<ItemProps, 'icon' | 'onSelect' | 'children'> & { checked: boolean }) {
  return (
    <Radix.CheckboxItem className="menu-item" checked={checked} onCheckedChange={onSelect}>
      {Icon && <Icon size={16} strokeWidth={1.75} aria-hidden="true" />}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      <Radix.ItemIndicator>
        <Check size={16} aria-hidden="true" />
      </Radix.ItemIndicator>
    </Radix.CheckboxItem>
  );
}

interface ChoiceProps<Value extends string> {
  label: string;
  value: Value;
  choices: readonly (readonly [value: Value, text: string])[];
  onChange: (value: Value) => void;
}

/** One of several, below a line that says of what. */
export function MenuChoice<Value extends string>({ label, value, choices, onChange }: ChoiceProps<Value>) {
  return (
    <Radix.RadioGroup value={value} aria-label={label}>
      <Radix.Label className="px-2.5 pt-1.5 pb-0.5 text-12 font-semibold text-text-3">{label}</Radix.Label>
      {choices.map(([choice, text]) => (
        <Radix.RadioItem key={choice} value={choice} className="menu-item" onSelect={() => onChange(choice)}>
          <span className="min-w-0 flex-1 truncate">{text}</span>
          <Radix.ItemIndicator>
            <Check size={16} aria-hidden="true" />
          </Radix.ItemIndicator>
        </Radix.RadioItem>
      ))}
    </Radix.RadioGroup>
  );
}
