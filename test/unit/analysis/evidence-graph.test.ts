import { describe, expect, test } from 'vitest';
import { openCase } from '../../../shared/analysis/case-file.ts';
import { buildGraph } from '../../../shared/analysis/graph/index.ts';
import { deriveSession } from '../../../shared/facts/index.ts';
import { faulty, type ScenarioName } from '../../support/fault-scenarios.ts';
import { SessionBuilder } from '../../support/session-builder.ts';

const edgesOf = (session: SessionBuilder) => {
  const { signals, summary } = deriveSession(session.events());
  const file = openCase({ signals, startedAt: summary.startedAt, endedAt: summary.startedAt + summary.durationMs });
  const text = (id: string): string => file.signal(id.split(':')[0] ?? '')?.text ?? '';
  return buildGraph(file).edges.map(
    ({ from, to, type, rule, strength, evidence }) =>
      `${type} ${text(from)} => ${to.includes(':') ? to.replace(/^\w+/, '') : text(to)} (${rule} ${strength}, ${evidence.length})`,
  );
};
const edgesIn = (name: ScenarioName): string[] => edgesOf(faulty(name));

describe('evidence graph', () => {
  test('recorded ids make the strongest links', () => {
    expect(edgesIn('server-error-swallowed')).toContain(
      'triggered Click "Pay" => POST /api/orders -> 500 (request-names-action 1, 2)',
    );
    const edges = edgesIn('response-shape-change');
    expect(edges).toContain(
      "threw GET /api/cart -> 200 => TypeError: Cannot read properties of undefined (reading 'map') (error-names-request 0.9, 2)",
    );
    expect(edges).toContain('triggered Click "Cart" => Go to /cart (click-navigated 0.9, 2)');
    expect(edgesIn('overlay-blocks-click')).toContain(
      'blocked Click "layer" => :beneath (elements-under-pointer 1, 1)',
    );
    expect(edgesIn('stale-response-race')).toContain(
      'superseded GET /api/search -> 200 => GET /api/search -> 200 (used-out-of-order 1, 2)',
    );
    expect(edgesIn('stale-response-race')).toContain(
      'rendered GET /api/search -> 200 => :dom (only-cause-before-change 0.9, 1)',
    );
    expect(edgesIn('dead-control')).toContain('preceded Click "Save" => Click "Save" (same-element-again 0.6, 2)');
  });

  test('a failed request leads to the error that names it', () => {
    const session = new SessionBuilder();
    const action = session.click(2000, session.button('Pay'));
    const request = session.request(2001, 'https://shop.test/api/orders', { action, status: 500 });
    session.error(2050, { name: 'Error', message: 'answered 500', action, request }).end(9000);
    expect(edgesOf(session)).toContain(
      'failed_with GET /api/orders -> 500 => Error: answered 500 (error-names-request 0.9, 2)',
    );
  });

  test('a request without a recorded cause hangs on its page, or weakly on the act just before', () => {
    const session = new SessionBuilder();
    session.request(500, 'https://shop.test/api/a');
    session.click(2000, session.button('Pay'));
    session.request(2040, 'https://shop.test/api/b');
    const edges = edgesOf(session.end(9000));
    expect(edges).toContain('initiated Open /checkout => GET /api/a -> 200 (request-on-page 0.4, 2)');
    expect(edges).toContain('triggered Click "Pay" => GET /api/b -> 200 (request-after-act 0.1, 2)');
  });
});
