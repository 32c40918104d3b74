import { TriangleAlert } from 'lucide-react';
import { useMemo } from 'react';
import { REDACTION_MARK } from '../../../../shared/ai/index.ts';
import type { AskPreview } from '../../../../shared/ipc/model-calls.ts';
import { Button } from '../../../ui/button.tsx';
import { Dialog } from '../../../ui/dialog.tsx';
import { formatCount, formatMany } from '../../../ui/format-count.ts';

const PARTS = new RegExp(`(${REDACTION_MARK.source})`, 'g');

/** The body with its redactions marked. Its text content is the body, character for character. */
function Bytes({ body }: { body: string }) {
  const parts = useMemo(() => {
    let from = 0;
    const all = [...body.matchAll(PARTS)].flatMap((match) => {
      const before = body.slice(from, match.index);
      from = match.index + match[0].length;
      return [
        { at: match.index - before.length, text: before, mark: false },
        { at: match.index, text: match[0], mark: true },
      ];
    });
    return [...all, { at: from, text: body.slice(from), mark: false }];
  }, [body]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and the keyboard must reach that
    <section className="ask-bytes" aria-label="The bytes that would leave" tabIndex={0}>
      <pre className="selectable">
        {parts.map(({ at, text, mark }) => (mark ? <mark key={at}>{text}</mark> : text))}
      </pre>
    </section>
  );
}

/** Everything that would leave, to be approved or not. */
export function AskPreviewDialog({
  preview,
  onApprove,
  onClose,
}: {
  preview: AskPreview;
  onApprove: () => void;
  onClose: () => void;
}) {
  const taken = Object.entries(preview.redactions);
  return (
    <Dialog
      title={`Send this to ${preview.host}?`}
      wide
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Do not send</Button>
          <Button tone="primary" data-first-focus onClick={onApprove}>
            Send these {formatCount(preview.bodyBytes)} bytes
          </Button>
        </>
      }
    >
      <dl className="ask-facts">
        <dt>To</dt>
        <dd className="selectable">
          POST {preview.url}, model {preview.model}
        </dd>
        <dt>Size</dt>
        <dd>
          {formatMany(preview.bodyBytes, 'byte')}, about {formatMany(preview.estimatedTokens, 'token')};{' '}
          {formatMany(preview.included, 'event')} of the session, {formatCount(preview.leftOut)} left out
        </dd>
        <dt>Headers</dt>
        <dd>{preview.headers.join(', ')}</dd>
        <dt>Taken out</dt>
        <dd>
          {taken.length === 0
            ? 'nothing that looks personal or secret was found'
            : taken.map(([kind, count]) => `${formatCount(count)} × ${kind}`).join(', ')}
        </dd>
      </dl>
      {preview.warning !== null && (
        <p className="ask-warning warning-text">
          <TriangleAlert size={16} aria-hidden /> {preview.warning}
        </p>
      )}
      <Bytes body={preview.body} />
    </Dialog>
  );
}
