import type { ComponentProps } from 'react';
import './field.css';

/** A line of text with its label above; what is typed is told as text. Takes what an `input` takes. */
export const Field = ({
  label,
  onText,
  ...input
}: Omit<ComponentProps<'input'>, 'onChange'> & { label: string; onText: (text: string) => void }) => (
  <label className="field">
    <span className="field-label">{label}</span>
    <input
      type="text"
      autoComplete="off"
      spellCheck={false}
      {...input}
      onChange={(event) => onText(event.target.value)}
    />
  </label>
);
