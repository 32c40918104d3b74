import { ChevronRight } from 'lucide-react';
import type { Signal } from '../../../../shared/model/signal.ts';
import type { CheckedSentence } from '../../../../shared/model/transcript.ts';
import { formatMany } from '../../../ui/format-count.ts';
import { formatDuration } from '../../../ui/format-duration.ts';

/** What a citation leads to. */
export interface Citations {
  /** Undefined for ids of another version of the facts, which may be other signals. */
  readonly signal: (id: string) => Signal | undefined;
  readonly startedAt: number;
  readonly onGo: (signal: Signal) => void;
}

const CITATION = /\[(s\d+(?:[\s,;]+(?:and )?s\d+)*)\]/g;

/** A sentence with its citations as the times they lead to. */
function Sentence({ text, citations }: { text: string; citations: Citations }) {
  const parts: (string | { readonly at: number; readonly ids: string[] })[] = [];
  let from = 0;
  for (const match of text.matchAll(CITATION)) {
    parts.push(text.slice(from, match.index), { at: match.index, ids: match[1]?.match(/s\d+/g) ?? [] });
    from = match.index + match[0].length;
  }
  parts.push(text.slice(from));
  return parts.map((part) =>
    typeof part === 'string'
      ? part
      : part.ids.map((id) => {
          const signal = citations.signal(id);
          const key = `${part.at} ${id}`;
          if (!signal) return <code key={key}>{id}</code>;
          const time = formatDuration(signal.at - citations.startedAt);
          return (
            <button
              key={key}
              type="button"
              className="citation"
              title={signal.text}
              aria-label={`Go to ${time}: ${signal.text}`}
              onClick={() => citations.onGo(signal)}
            >
              {time}
            </button>
          );
        }),
  );
}

/** The sentences that hold, and those that do not behind a count. `rest` is what has not been checked yet. */
export function AnswerView({
  sentences,
  rest,
  citations,
}: {
  sentences: readonly CheckedSentence[];
  rest: string;
  citations: Citations;
}) {
  const verified = sentences.filter(({ verdict }) => verdict === 'verified');
  const withheld = sentences.filter(({ verdict }) => verdict === 'withheld');
  return (
    <div className="answer">
      {verified.map(({ text }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: sentences are only ever added at the end
        <p key={index} className="answer-sentence selectable">
          <Sentence text={text} citations={citations} />
        </p>
      ))}
      {rest.trim() !== '' && (
        <p className="answer-draft">
          <span className="answer-label">Draft, not checked yet</span> {rest}
        </p>
      )}
      {withheld.length > 0 && (
        <details className="withheld">
          <summary>
            <ChevronRight size={16} aria-hidden className="chevron" />
            {formatMany(withheld.length, 'sentence')} withheld
          </summary>
          <ul>
            {withheld.map(({ text, reasons }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: as above
              <li key={index}>
                <p className="answer-draft selectable">
                  <span className="answer-label">Unverified</span> {text}
                </p>
                <p className="faint">It {reasons.join('; it ')}.</p>
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
