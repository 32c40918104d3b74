import type { Diagnosis, FaultClass } from '../../shared/model/finding.ts';
import type { Fault } from '../fixtures/shop/faults.ts';

/** What a diagnosis must say of a fault: its class, and the failing request or element by name. */
const EXPECTED: Readonly<Record<Fault, { readonly fault: FaultClass; readonly names: RegExp }>> = {
  'pay-500': { fault: 'server-error-swallowed', names: /POST \/api\/orders.*500/ },
  'shape-change': { fault: 'response-shape-change', names: /GET \/api\/cart/ },
  overlay: { fault: 'overlay-blocks-click', names: /"(Pay|Add to cart)"/ },
  'stale-search': { fault: 'stale-response-race', names: /\/api\/search/ },
  'slow-pay': { fault: 'slow-without-feedback', names: /POST \/api\/orders/ },
};

/** What is wrong with the diagnosis of a visit whose fault is known; null when it is right. */
export function mistakeIn(diagnosis: Diagnosis, fault: Fault | null): string | null {
  const { outcome, summary, findings } = diagnosis;
  if (fault === null) {
    if (outcome === 'nothing-wrong' && summary.includes('nothing wrong found')) return null;
    return `a healthy visit, but the diagnosis says: ${summary}`;
  }
  const expected = EXPECTED[fault];
  const best = findings[0];
  if (outcome !== 'fault-found' || best === undefined) return `the fault was not found: ${summary}`;
  if (best.fault !== expected.fault) return `called ${best.fault} instead of ${expected.fault}: ${summary}`;
  if (best.verdict === 'inconclusive') return `found, but inconclusive: ${summary}`;
  if (!expected.names.test(summary)) return `the summary does not name what failed: ${summary}`;
  return null;
}
