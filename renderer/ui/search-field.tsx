import { Search } from 'lucide-react';
import type { ComponentProps, KeyboardEvent } from 'react';
import { classNames } from './class-names.ts';
import './search-field.css';

/** A field to search or narrow down with; Escape empties it. `children` stand beside the text: a count, a button. */
export function SearchField({
  label,
  onText,
  value,
  className,
  onKeyDown,
  children,
  ...input
}: Omit<ComponentProps<'input'>, 'onChange' | 'value'> & {
  label: string;
  value: string;
  onText: (text: string) => void;
}) {
  const keys = (event: KeyboardEvent<HTMLInputElement>): void => {
    onKeyDown?.(event);
    if (event.defaultPrevented || event.key !== 'Escape' || value === '') return;
    event.preventDefault();
    onText('');
  };
  return (
    <span className={classNames('search-field', className)}>
      <Search size={14} aria-hidden />
      <input
        type="search"
        aria-label={label}
        placeholder={label}
        autoComplete="off"
        spellCheck={false}
        {...input}
        value={value}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={keys}
      />
      {children}
    </span>
  );
}
