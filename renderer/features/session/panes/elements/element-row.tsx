import type { OutlineRow } from '../../../../../shared/model/inspection.ts';

const Attribute = ({ name, value }: { name: string; value: string }) => (
  <>
    {' '}
    <span className="dom-name">{name}</span>
    {value !== '' && (
      <>
        =<span className="dom-value">"{value}"</span>
      </>
    )}
  </>
);

/** One line of the page's tree, as markup. */
export function ElementRow({ row }: { row: OutlineRow }) {
  if (row.kind === 'document') return <code className="faint">#document</code>;
  if (row.kind === 'doctype') return <code className="faint">&lt;!doctype {row.text}&gt;</code>;
  if (row.kind === 'comment') return <code className="truncate dom-comment">&lt;!-- {row.text} --&gt;</code>;
  if (row.kind === 'text') return <code className="truncate">{row.text}</code>;
  return (
    <code className="truncate dom-line">
      {row.shadow && <span className="dom-shadow">shadow </span>}
      <span className="dom-tag">&lt;{row.tag}</span>
      {row.attributes.map(([name, value]) => (
        <Attribute key={name} name={name} value={value} />
      ))}
      <span className="dom-tag">&gt;</span>
      {row.text}
      {row.expandable && !row.open && <span className="faint">…</span>}
      {(row.text !== '' || (row.expandable && !row.open)) && <span className="dom-tag">&lt;/{row.tag}&gt;</span>}
      {row.input !== null && <span className="dom-input"> entered: {row.input === '' ? 'nothing' : row.input}</span>}
    </code>
  );
}
