import type { LucideIcon } from 'lucide-react';
import type { ComponentProps } from 'react';
import { classNames } from './class-names.ts';
import { Tooltip } from './tooltip.tsx';
import './button.css';

type ButtonProps = ComponentProps<'button'> & {
  icon?: LucideIcon | undefined;
  tone?: 'plain' | 'primary' | 'danger' | 'quiet';
};

/** A button with words; `primary` is the one thing this place is for. */
export const Button = ({ icon: Icon, tone = 'plain', className, children, ...rest }: ButtonProps) => (
  <button type="button" className={classNames('button', `button-${tone}`, className)} {...rest}>
    {Icon && <Icon size={16} aria-hidden />}
    <span className="button-text">{children}</span>
  </button>
);

/** A button that is only an icon: `label` is its name and its tooltip. */
export const IconButton = ({
  icon: Icon,
  label,
  keys,
  side,
  size = 16,
  className,
  ...rest
}: Omit<ComponentProps<'button'>, 'children'> & {
  icon: LucideIcon;
  label: string;
  keys?: string | undefined;
  side?: 'top' | 'right' | 'bottom' | 'left';
  size?: number;
}) => (
  <Tooltip text={label} keys={keys} side={side ?? 'bottom'}>
    <button type="button" aria-label={label} className={classNames('icon-button', className)} {...rest}>
      <Icon size={size} aria-hidden />
    </button>
  </Tooltip>
);
