import { isFact } from '../facts/details.ts';
import { readAddress } from '../facts/urls.ts';
import type { ChainLink, Diagnosis } from '../model/finding.ts';
import type { SessionRow } from '../model/session.ts';
import type { Signal } from '../model/signal.ts';
import { createRedactor, type RedactionCounts, type Redactor } from './redact.ts';

/** A signal as it leaves: times in seconds from the start of the session, all words redacted. */
export interface PacketSignal {
  readonly id: string;
  readonly kind: Signal['kind'];
  readonly at: number;
  readonly end?: number;
  readonly severity?: 'warning' | 'error';
  readonly text: string;
  readonly method?: string;
  readonly route?: string;
  readonly status?: number;
  readonly failure?: string;
  readonly duration_ms?: number;
  readonly element?: string;
  readonly page?: string;
}

/** All that leaves for a model: evidence only, never the page's text beyond what signals carry. */
export interface Packet {
  readonly session: { readonly duration_s: number; readonly release?: string };
  readonly findings: readonly {
    readonly fault: string;
    readonly verdict: string;
    readonly title: string;
    readonly chain: readonly {
      readonly role: ChainLink['role'];
      readonly at: number;
      readonly text: string;
      readonly signals: readonly string[];
      readonly follows?: string;
      readonly strength?: number;
    }[];
    readonly against: readonly string[];
    readonly missing: readonly string[];
  }[];
  readonly frustrations: readonly {
    readonly kind: string;
    readonly at: number;
    readonly text: string;
    readonly signals: readonly string[];
  }[];
  readonly signals: readonly PacketSignal[];
  /** Signals of the session that are not in here. */
  readonly left_out: number;
}

/** A packet, the question about it, and what was taken out of both. */
export interface RedactedPacket {
  readonly packet: Packet;
  /** With the same marks for the same values as the packet. */
  readonly question: string;
  readonly redactions: RedactionCounts;
}

/** The best findings only: a model that is told many picks the wrong one. */
const MAX_FINDINGS = 3;
const MAX_FRUSTRATIONS = 6;
/** Signals in all, and how many before and behind each link of a chain. Small models have room for some 4,000 tokens. */
const MAX_SIGNALS = 48;
const AROUND = 2;

/** Longest question an analyst can ask, characters. */
export const MAX_QUESTION = 500;

/** What is asked about. */
export interface PacketInput {
  readonly row: Pick<SessionRow, 'startedAt' | 'durationMs' | 'user' | 'release'>;
  readonly signals: readonly Signal[];
  readonly diagnosis: Diagnosis;
  readonly question: string;
}

/** The evidence of a session for a model. The same input gives the same packet. */
export function buildPacket({ row, signals, diagnosis, question }: PacketInput): RedactedPacket {
  const redactor = createRedactor(row.user === null ? [] : [row.user]);
  const findings = diagnosis.findings.slice(0, MAX_FINDINGS);
  const frustrations = diagnosis.frustrations.slice(0, MAX_FRUSTRATIONS);
  const chosen = chooseSignals(
    signals,
    findings.flatMap(({ chain, against }) => [...chain, ...against]),
    frustrations,
  );
  const known = new Set(chosen.map(({ id }) => id));
  const cited = (ids: readonly string[]): string[] => ids.filter((id) => known.has(id));
  const seconds = (at: number): number => Math.round(at - row.startedAt) / 1000;
  const said = (text: string): string => redactor.text(text);
  const packet: Packet = {
    session: {
      duration_s: Math.round(row.durationMs) / 1000,
      ...(row.release === null ? {} : { release: said(row.release) }),
    },
    findings: findings.map(({ fault, verdict, title, chain, against, missing }) => ({
      fault,
      verdict,
      title: said(title),
      chain: chain.map(({ role, at, text, signals: ids, edge }) => ({
        role,
        at: seconds(at),
        text: said(text),
        signals: cited(ids),
        ...(edge ? { follows: said(edge.why), strength: edge.strength } : {}),
      })),
      against: against.map(({ text }) => said(text)),
      missing: missing.map(said),
    })),
    frustrations: frustrations.map(({ kind, at, text, signals: ids }) => ({
      kind,
      at: seconds(at),
      text: said(text),
      signals: cited(ids),
    })),
    signals: chosen.map((signal) => packetSignal(signal, seconds, redactor)),
    left_out: signals.length - chosen.length,
  };
  return { packet, question: redactor.text(question, MAX_QUESTION), redactions: redactor.counts() };
}

interface Pointing {
  readonly signals: readonly string[];
}

/** What findings and frustrations stand on, then what happened around it, then other errors; in time order. */
function chooseSignals(
  signals: readonly Signal[],
  links: readonly Pointing[],
  frustrations: readonly Pointing[],
): readonly Signal[] {
  const index = new Map(signals.map(({ id }, at) => [id, at]));
  const places = (pointing: readonly Pointing[]): number[] =>
    pointing.flatMap(({ signals: ids }) => ids.flatMap((id) => index.get(id) ?? []));
  const near = places(links.flatMap(({ signals: ids }) => (ids[0] === undefined ? [] : [{ signals: [ids[0]] }])));
  const around = near.flatMap((place) => Array.from({ length: 2 * AROUND + 1 }, (_, step) => place - AROUND + step));
  const errors = signals.flatMap(({ severity }, at) => (severity === 'error' ? [at] : []));
  const wanted = new Set([...places(links), ...places(frustrations), ...around, ...errors]);
  const latest = links.length > 0 ? [] : [...signals.keys()].slice(-MAX_SIGNALS);
  return [...wanted, ...latest]
    .filter((place) => place >= 0 && place < signals.length)
    .slice(0, MAX_SIGNALS)
    .sort((a, b) => a - b)
    .flatMap((place) => signals[place] ?? []);
}

function packetSignal(signal: Signal, seconds: (at: number) => number, redactor: Redactor): PacketSignal {
  const said = (text: string): string => redactor.text(text);
  const request = isFact(signal, 'request') ? signal.details : null;
  return {
    id: signal.id,
    kind: signal.kind,
    at: seconds(signal.at),
    ...(signal.endAt === undefined ? {} : { end: seconds(signal.endAt) }),
    ...(signal.severity === 'info' ? {} : { severity: signal.severity }),
    text: said(signal.text),
    ...(request
      ? {
          method: said(request.method),
          route: said(request.sameOrigin ? request.route : request.origin + request.route),
          ...(request.status === null ? {} : { status: request.status }),
          ...(request.failure === null ? {} : { failure: request.failure }),
          ...(request.durationMs === null ? {} : { duration_ms: Math.round(request.durationMs) }),
        }
      : {}),
    ...(signal.element ? { element: said(signal.element.selector) } : {}),
    ...(isFact(signal, 'page') ? { page: said(readAddress(signal.page).path) } : {}),
  };
}

/** The texts of each signal of a packet, as they were sent: what a model can quote. */
export const sentTexts = (packet: Packet): Map<string, string[]> =>
  new Map(
    packet.signals.map(({ id, text, route, element, page }) => [
      id,
      [text, route ?? '', element ?? '', page ?? ''].filter((one) => one !== ''),
    ]),
  );
