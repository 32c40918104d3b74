import { X } from 'lucide-react';
import { Tabs } from 'radix-ui';
import { useState } from 'react';
import { useServices } from '../../../../api/services.tsx';
import { Button, IconButton } from '../../../../ui/button.tsx';
import { CodeView } from '../../../../ui/code-view/code-view.tsx';
import { copyText } from '../../../../ui/copy-text.ts';
import { formatBytes } from '../../../../ui/format-count.ts';
import { formatDuration, formatGap } from '../../../../ui/format-duration.ts';
import { useSession } from '../../session-model.ts';
import { PaneEmpty } from '../pane.tsx';
import { toCurl, toFetch } from './copy-request.ts';
import type { NetworkEntry } from './network-entry.ts';

const Pairs = ({ title, pairs }: { title: string; pairs: readonly (readonly [string, string])[] }) => (
  <>
    <h2>{title}</h2>
    <dl className="pairs selectable">
      {pairs.map(([name, value], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a header may come twice, and the list never changes
        <div key={index}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  </>
);

const Headers = ({ entry }: { entry: NetworkEntry }) => {
  const { startedAt } = useSession();
  const general: (readonly [string, string])[] = [
    ['Address', entry.url],
    ['Method', entry.method],
    ['Status', entry.status],
    ['Made with', entry.api],
    ['Sent', formatDuration(entry.at - startedAt)],
    ...entry.facts,
  ];
  return (
    <div className="detail-text">
      <Pairs title="General" pairs={general} />
      {entry.responseHeaders ? (
        <Pairs title="Answer headers" pairs={entry.responseHeaders} />
      ) : (
        <>
          <h2>Answer headers</h2>
          <p className="faint">Not recorded.</p>
        </>
      )}
      {entry.requestHeaders ? (
        <Pairs title="Request headers" pairs={entry.requestHeaders} />
      ) : (
        <>
          <h2>Request headers</h2>
          <p className="faint">Not recorded.</p>
        </>
      )}
    </div>
  );
};

const Timing = ({ entry }: { entry: NetworkEntry }) => {
  const totalMs = entry.timing.reduce((sum, { ms }) => sum + ms, 0);
  let beforeMs = 0;
  const bars = entry.timing.map((part) => {
    const bar = {
      ...part,
      fromShare: totalMs > 0 ? beforeMs / totalMs : 0,
      share: totalMs > 0 ? part.ms / totalMs : 0,
    };
    beforeMs += part.ms;
    return bar;
  });
  return (
    <div className="detail-text">
      <p>
        {entry.durationMs === null ? 'It had no answer in this recording.' : `${formatGap(entry.durationMs)} in all`}
      </p>
      {bars.length === 0 ? (
        <p className="faint">The parts of this time were not recorded.</p>
      ) : (
        <dl className="phases">
          {bars.map(({ label, ms, fromShare, share }) => (
            <div key={label}>
              <dt>{label}</dt>
              <dd>
                <span className="phase-bar" style={{ left: `${fromShare * 100}%`, width: `${share * 100}%` }} />
              </dd>
              <dd>{formatGap(ms)}</dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  );
};

const pretty = (text: string): { text: string; language: 'json' | 'plaintext' } => {
  try {
    return { text: JSON.stringify(JSON.parse(text), null, 2), language: 'json' };
  } catch {
    return { text, language: 'plaintext' }; // not JSON: shown as it is
  }
};

const Body = ({ label, body, shape }: { label: string; body: string | null; shape: string | null }) => {
  if (body !== null) return <CodeView label={label} {...pretty(body)} />;
  if (shape !== null) {
    return (
      <>
        <p className="detail-note faint">Only keys and types were recorded, no values.</p>
        <CodeView label={`${label}, keys and types`} text={shape} language="plaintext" />
      </>
    );
  }
  return <PaneEmpty>It was not recorded.</PaneEmpty>;
};

const TABS = ['Headers', 'Timing', 'Request', 'Response'] as const;
type TabName = (typeof TABS)[number];

/** Everything that was recorded of one request. */
export function RequestDetail({ entry, onClose }: { entry: NetworkEntry; onClose: () => void }) {
  const { store } = useServices();
  const [tab, setTab] = useState<TabName>('Headers');
  const copy = (what: string, text: string): void => {
    const copied = copyText(text);
    store.getState().notify({
      tone: copied ? 'success' : 'error',
      title: copied ? `Copied as ${what}` : `It could not be copied as ${what}.`,
      text: entry.url.includes('=~') ? 'Query values were masked when this was recorded: put in your own.' : null,
    });
  };
  const again = {
    method: entry.method,
    url: entry.url,
    headers: entry.requestHeaders ?? [],
    body: entry.requestBody,
  };
  return (
    <Tabs.Root
      className="request-detail"
      value={tab}
      onValueChange={(next) => setTab(TABS.find((name) => name === next) ?? 'Headers')}
      aria-label="Request"
    >
      <div className="detail-head">
        <Tabs.List className="detail-tabs" aria-label="Parts of the request">
          {TABS.map((name) => (
            <Tabs.Trigger key={name} value={name} className="detail-tab">
              {name}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <Button tone="quiet" onClick={() => copy('cURL', toCurl(again))}>
          Copy as cURL
        </Button>
        <Button tone="quiet" onClick={() => copy('fetch', toFetch(again))}>
          Copy as fetch
        </Button>
        <IconButton icon={X} label="Close the request" onClick={onClose} />
      </div>
      <Tabs.Content value="Headers" className="detail-part">
        <Headers entry={entry} />
      </Tabs.Content>
      <Tabs.Content value="Timing" className="detail-part">
        <Timing entry={entry} />
      </Tabs.Content>
      <Tabs.Content value="Request" className="detail-part detail-body">
        <Body label="Request body" body={entry.requestBody} shape={null} />
      </Tabs.Content>
      <Tabs.Content value="Response" className="detail-part detail-body">
        <Body label="Response body" body={entry.responseBody} shape={entry.shape} />
        {entry.sizeBytes !== null && (
          <p className="detail-note faint">{formatBytes(entry.sizeBytes)} over the network</p>
        )}
      </Tabs.Content>
    </Tabs.Root>
  );
}
