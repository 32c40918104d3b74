import type { LucideIcon } from 'lucide-react';
import { Check } from 'lucide-react';
import { ContextMenu as Context, DropdownMenu as Dropdown } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { Keys } from './keys.tsx';

/** One entry of a menu. */
export type MenuItem =
  | 'separator'
  | {
      readonly label: string;
      readonly icon?: LucideIcon;
      readonly keys?: string;
      readonly disabled?: boolean;
      /** Present on entries that are on or off; the menu then stays open for more of them. */
      readonly checked?: boolean;
      /** Of these entries only one is on: choosing it was all. */
      readonly oneOf?: boolean;
      readonly danger?: boolean;
      readonly run: () => void;
    };

/** The two menus of radix have the same parts under two names. */
type Parts = Pick<typeof Dropdown, 'Item' | 'CheckboxItem' | 'Separator' | 'ItemIndicator'>;

const entries = (items: readonly MenuItem[], parts: Parts): ReactNode =>
  items.map((item, index) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: separators have no name of their own
    if (item === 'separator') return <parts.Separator key={index} className="menu-separator" />;
    if (item.checked !== undefined) {
      return (
        <parts.CheckboxItem
          key={item.label}
          className="menu-item"
          checked={item.checked}
          disabled={item.disabled ?? false}
          onSelect={(event) => !item.oneOf && event.preventDefault()}
          onCheckedChange={item.run}
        >
          <span className="menu-mark">
            <parts.ItemIndicator>
              <Check size={16} aria-hidden />
            </parts.ItemIndicator>
          </span>
          {item.label}
        </parts.CheckboxItem>
      );
    }
    const Icon = item.icon;
    return (
      <parts.Item
        key={item.label}
        className={item.danger ? 'menu-item menu-danger' : 'menu-item'}
        disabled={item.disabled ?? false}
        onSelect={item.run}
      >
        <span className="menu-mark">{Icon && <Icon size={16} aria-hidden />}</span>
        {item.label}
        {item.keys && <Keys keys={item.keys} />}
      </parts.Item>
    );
  });

/** A menu under a button. Not modal, because radix locks scrolling with an injected style, which the window's policy refuses. */
export const Menu = ({
  trigger,
  items,
  label,
  side = 'bottom',
  align = 'end',
}: {
  trigger: ReactElement;
  items: readonly MenuItem[];
  label: string;
  side?: 'bottom' | 'right';
  align?: 'start' | 'end';
}) => (
  <Dropdown.Root modal={false}>
    <Dropdown.Trigger asChild>{trigger}</Dropdown.Trigger>
    <Dropdown.Portal>
      <Dropdown.Content
        className="menu"
        aria-label={label}
        side={side}
        align={align}
        sideOffset={4}
        collisionPadding={8}
      >
        {entries(items, Dropdown)}
      </Dropdown.Content>
    </Dropdown.Portal>
  </Dropdown.Root>
);

/** A menu at the pointer over `children` (one element); none where there are no `items`. */
export const ContextMenu = ({
  items,
  label,
  children,
}: {
  items: readonly MenuItem[];
  label: string;
  children: ReactElement;
}) => (
  <Context.Root modal={false}>
    <Context.Trigger asChild>{children}</Context.Trigger>
    {items.length > 0 && (
      <Context.Portal>
        <Context.Content className="menu" aria-label={label} collisionPadding={8}>
          {entries(items, Context)}
        </Context.Content>
      </Context.Portal>
    )}
  </Context.Root>
);
