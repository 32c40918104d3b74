import type { CapturedBackendError, CapturedBackendLog, CapturedBackendRequest } from '../../model/captured-backend.ts';
import { type Call, readCalls } from '../calls.ts';
import type { BackendDetails } from '../details.ts';
import { type Draft, draft } from '../draft.ts';
import { gapDrafts } from '../gaps.ts';
import { short } from '../naming.ts';
import type { Pages } from '../pages.ts';
import type { Recording } from '../recording.ts';
import type { Timeline } from '../timeline.ts';
import { pageName, readAddress, routeOf } from '../urls.ts';
import { type Bracket, type ClockOffset, readClockOffset } from './clock.ts';
import type { BackendRecord } from './records.ts';

/** The page's side of a session: what a backend's record is placed in. Times are ms since epoch by the page's clock. */
export interface PageSide {
  readonly recording: Recording;
  readonly pages: Pages;
  readonly startedAt: number;
  readonly endedAt: number;
  /** What backends sent and did not arrive. */
  readonly gaps: Timeline['gaps'];
}

/** One signal for each request, log, error and span of the backends, in the page's time. */
export function backendDrafts(backends: readonly BackendRecord[], side: PageSide): Draft[] {
  const calls = new Map<string, ReadonlyMap<string, Call>>();
  const callOf = (generation: string, request: string): Call | undefined => {
    const record = side.recording.generations.find(({ id }) => id === generation);
    const known = calls.get(generation) ?? new Map(record ? readCalls(record).map((call) => [call.id, call]) : []);
    calls.set(generation, known);
    return known.get(request);
  };
  return backends.flatMap((backend) => {
    const brackets = backend.request.flatMap(({ value }) => bracketOf(value, callOf) ?? []);
    return draftsOf(backend, side, readClockOffset(brackets));
  });
}

function bracketOf(
  { page, startedAt, headAt }: CapturedBackendRequest,
  callOf: (generation: string, request: string) => Call | undefined,
): Bracket | undefined {
  const call = callOf(page.generation, page.request);
  if (!call) return undefined;
  const highMs = call.receivedAt === null ? Number.POSITIVE_INFINITY : call.receivedAt - (headAt ?? startedAt);
  return { at: startedAt, lowMs: call.sentAt - startedAt, highMs };
}

type Details = { [K in BackendDetails['type']]: Omit<Extract<BackendDetails, { type: K }>, keyof Placed> };
type Placed = Pick<BackendDetails, 'service' | 'page' | 'recordedAt' | 'offsetMs'>;

function draftsOf(backend: BackendRecord, side: PageSide, offset: ClockOffset): Draft[] {
  const service = backend.service[0]?.value.service ?? 'backend';
  const requests = new Map(backend.request.map(({ value }) => [value.id, value]));
  const inside = (at: number): number => Math.min(Math.max(at, side.startedAt), side.endedAt);
  const make = (
    recorded: { readonly startedAt: number; readonly ref: Draft['events'][number]; readonly durationMs?: number },
    severity: Draft['severity'],
    text: string,
    details: Details[BackendDetails['type']],
  ): Draft => {
    const { startedAt, ref, durationMs } = recorded;
    const offsetMs = offset(startedAt);
    const at = inside(startedAt + (offsetMs ?? 0));
    const page = (details.request !== null && requests.get(details.request)?.page) || null;
    const tab = side.recording.generations.find(({ id }) => id === page?.generation);
    return draft('backend', {
      at,
      ...(durationMs === undefined ? {} : { endAt: inside(startedAt + (offsetMs ?? 0) + durationMs) }),
      severity,
      page: page ? pageName(side.pages.urlAt(page.generation, at)) : '',
      text: short(`${service}: ${text}`),
      window: tab?.window ?? backend.window,
      events: [ref],
      details: { ...details, service, page, recordedAt: startedAt, offsetMs } as BackendDetails,
    });
  };
  const gaps = side.gaps.filter(({ after }) => after.generation === backend.generation);
  // Page and request that are named elsewhere are only words: what is not in the recording is not linked.
  return [
    ...gapDrafts({ gaps }, side.pages).map((gap) => {
      const away = offset(gap.at) ?? 0;
      return { ...gap, at: inside(gap.at + away), endAt: inside((gap.endAt ?? gap.at) + away) };
    }),
    ...backend.request.map(({ ref, value }) =>
      make({ ref, ...value }, severityOf(value), requestText(value), requestDetails(value)),
    ),
    ...backend.log.map(({ at, ref, value }) =>
      make({ startedAt: at, ref }, LOG_SEVERITY[value.level], ...ofLog(value)),
    ),
    ...backend.error.map(({ at, ref, value }) =>
      make({ startedAt: at, ref }, value.kind === 'handled' ? 'warning' : 'error', ...ofError(value)),
    ),
    ...backend.span.map(({ ref, value }) => {
      const { name, kind, traceId, spanId, parentId = null, failed, message = null, attributes = {} } = value;
      const said = failed ? `${name} failed${message === null ? '' : `: ${message}`}` : name;
      return make({ ref, ...value }, failed ? 'warning' : 'info', said, {
        ...{ type: 'span', name, kind, traceId, spanId, parentId, failed, message, attributes },
        ...{ durationMs: value.durationMs, request: value.request ?? null },
      });
    }),
  ];
}

const LOG_SEVERITY = {
  ...{ trace: 'info', debug: 'info', info: 'info', warn: 'warning', error: 'error', fatal: 'error' },
} as const satisfies Record<CapturedBackendLog['level'], Draft['severity']>;

const routeOfRequest = ({ route, url }: CapturedBackendRequest): string => route ?? routeOf(readAddress(url).path);

const severityOf = ({ status, end }: CapturedBackendRequest): Draft['severity'] =>
  end === 'open' || (status ?? 0) >= 500 ? 'error' : (status ?? 0) >= 400 ? 'warning' : 'info';

function requestText(request: CapturedBackendRequest): string {
  const ends = { answered: request.status ?? 'answered', cut: 'cut off', open: 'never answered' } as const;
  return `${request.method} ${routeOfRequest(request)} -> ${ends[request.end]}`;
}

const requestDetails = (value: CapturedBackendRequest): Details['request'] => ({
  type: 'request',
  request: value.id,
  ...{ method: value.method, url: value.url, route: routeOfRequest(value), end: value.end },
  ...{ durationMs: value.durationMs, status: value.status ?? null, traceId: value.traceId ?? null },
  ...{ requestBytes: value.requestBytes ?? null, responseBytes: value.responseBytes ?? null },
  ...{ requestHeaders: value.requestHeaders ?? {}, responseHeaders: value.responseHeaders ?? {} },
});

const ofLog = (value: CapturedBackendLog): [string, Details['log']] => [
  `${value.level}: ${value.message}`,
  {
    ...{ type: 'log', level: value.level, message: value.message, logger: value.logger ?? null },
    ...{ stack: value.stack ?? null, request: value.request ?? null },
  },
];

function ofError(value: CapturedBackendError): [string, Details['error']] {
  const { kind, name = null, message, stack = null, request = null } = value;
  const said = name === null || message.startsWith(name) ? message : `${name}: ${message}`;
  return [said, { type: 'error', kind, name, message, stack, request }];
}
