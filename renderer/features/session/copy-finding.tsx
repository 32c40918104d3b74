import { ClipboardCopy } from 'lucide-react';
import type { Finding } from '../../../shared/model/finding.ts';
import type { SessionRow } from '../../../shared/model/session.ts';
import type { Signal } from '../../../shared/model/signal.ts';
import { useServices } from '../../api/services.tsx';
import { Button } from '../../ui/button.tsx';
import { copyText } from '../../ui/copy-text.ts';
import { formatCount } from '../../ui/format-count.ts';
import { findingMarkdown } from './finding-markdown.ts';

/** Copies a finding as Markdown, redacted, and says what was taken out. */
export function CopyFinding({
  finding,
  row,
  signals,
}: {
  finding: Finding;
  row: SessionRow;
  signals: readonly Signal[];
}) {
  const { store } = useServices();
  const copy = (): void => {
    const { text, redactions } = findingMarkdown(finding, row, signals);
    const { notify } = store.getState();
    const taken = Object.entries(redactions).map(([kind, count]) => `${formatCount(count)} × ${kind}`);
    if (copyText(text)) {
      const found = taken.length > 0 ? `Taken out: ${taken.join(', ')}.` : 'Nothing personal was found in it.';
      notify({ tone: 'success', title: 'Copied as Markdown', text: found });
    } else notify({ tone: 'error', title: 'The system did not let us copy.' });
  };
  return (
    <Button icon={ClipboardCopy} onClick={copy}>
      Copy for an issue
    </Button>
  );
}
