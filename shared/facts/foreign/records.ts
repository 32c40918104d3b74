import { z } from 'zod';
import type { EventRef } from '../../model/identity.ts';
import type { Timed } from '../captured-records.ts';
import type { ConsoleDetails } from '../details.ts';

/** A request as other recorders know it: one entry when it is over. */
export interface ForeignRequest {
  readonly url: string;
  readonly method: string;
  readonly api: 'fetch' | 'xhr' | 'beacon' | 'unknown';
  readonly status: number | null;
  readonly durationMs: number;
}

/** What other recorders wrote beside the DOM, in time order of the events. */
export interface ForeignRecords {
  readonly pages: Timed<string>[];
  readonly requests: Timed<ForeignRequest>[];
  readonly console: Timed<Pick<ConsoleDetails, 'level' | 'args' | 'stack'>>[];
}

const MAX_ARGS = 20;
const MAX_ARG = 2000;
const SECOND = 1000;
/** A time inside a payload is believed when it is this near to the time of its event (batches are flushed within minutes). */
const MAX_APART_MS = 3_600_000;

const nearby = (claimed: number, at: number): number => (Math.abs(claimed - at) <= MAX_APART_MS ? claimed : at);

const LEVELS: Readonly<Record<string, ConsoleDetails['level']>> = {
  error: 'error',
  assert: 'error',
  fatal: 'error',
  warn: 'warn',
  warning: 'warn',
  info: 'info',
  debug: 'debug',
};
const levelOf = (level: unknown): ConsoleDetails['level'] => LEVELS[String(level)] ?? 'log';

const RrwebConsole = z.object({
  level: z.string(),
  payload: z.array(z.unknown()),
  trace: z.array(z.unknown()).optional(),
});
const RrwebNetwork = z.object({ requests: z.array(z.unknown()).max(10_000) });
const RrwebRequest = z.object({
  url: z.string().optional(),
  name: z.string().optional(),
  method: z.string().optional(),
  initiatorType: z.string().optional(),
  status: z.number().optional(),
  responseStatus: z.number().optional(),
  startTime: z.number().optional(),
  endTime: z.number().optional(),
  duration: z.number().nonnegative().optional(),
  timestamp: z.number().optional(),
});
const APIS: Readonly<Record<string, ForeignRequest['api']>> = {
  fetch: 'fetch',
  xmlhttprequest: 'xhr',
  beacon: 'beacon',
};

/** rrweb prints strings with their quotes. */
const unquoted = (value: unknown): string => {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return (text.length > 1 && text.startsWith('"') && text.endsWith('"') ? text.slice(1, -1) : text).slice(0, MAX_ARG);
};

/** Reads rrweb's own console and network plugins. Other plugins, and what does not fit, are passed over. */
export function readForeignPlugin(
  records: ForeignRecords,
  plugin: unknown,
  payload: unknown,
  at: number,
  ref: EventRef,
): void {
  if (plugin === 'rrweb/console@1') {
    const parsed = RrwebConsole.safeParse(payload);
    if (!parsed.success) return;
    const { level, payload: args, trace } = parsed.data;
    const stack = trace && trace.length > 0 ? trace.slice(0, 50).map(unquoted).join('\n') : null;
    records.console.push({
      at,
      ref,
      value: { level: levelOf(level), args: args.slice(0, MAX_ARGS).map(unquoted), stack },
    });
  } else if (plugin === 'rrweb/network@1') {
    for (const item of RrwebNetwork.safeParse(payload).data?.requests ?? []) {
      const entry = RrwebRequest.safeParse(item).data;
      const api = APIS[entry?.initiatorType ?? ''];
      const url = entry?.url ?? entry?.name;
      if (!entry || !api || url === undefined) continue;
      const durationMs = Math.max(0, entry.duration ?? (entry.endTime ?? 0) - (entry.startTime ?? entry.endTime ?? 0));
      records.requests.push({
        at: nearby(entry.timestamp ?? at - durationMs, at),
        ref,
        value: {
          url,
          method: entry.method ?? 'GET',
          api,
          status: entry.status ?? entry.responseStatus ?? null,
          durationMs,
        },
      });
    }
  }
}

const Href = z.object({ href: z.string() });
const Breadcrumb = z.object({
  category: z.string(),
  level: z.string().optional(),
  message: z.string().optional(),
  data: z.object({ to: z.string().optional() }).optional(),
});
const Span = z.object({
  op: z.string(),
  description: z.string(),
  startTimestamp: z.number().nonnegative(),
  endTimestamp: z.number().nonnegative(),
  data: z.object({ method: z.string().optional(), statusCode: z.number().optional() }).optional(),
});

/** Reads the custom events Sentry and PostHog write, where they are plain to recognise. Others are passed over. */
export function readForeignCustom(
  records: ForeignRecords,
  tag: unknown,
  payload: unknown,
  at: number,
  ref: EventRef,
): void {
  if (tag === '$pageview' || tag === '$url_changed') {
    const href = Href.safeParse(payload).data?.href;
    if (href !== undefined) records.pages.push({ at, ref, value: href });
  } else if (tag === 'breadcrumb') {
    const crumb = Breadcrumb.safeParse(payload).data;
    if (crumb?.category === 'console') {
      const args = [(crumb.message ?? '').slice(0, MAX_ARG)];
      records.console.push({ at, ref, value: { level: levelOf(crumb.level), args, stack: null } });
    } else if (crumb?.category === 'navigation' && crumb.data?.to !== undefined) {
      records.pages.push({ at, ref, value: crumb.data.to });
    }
  } else if (tag === 'performanceSpan') {
    const span = Span.safeParse(payload).data;
    if (!span || !/^resource\.(fetch|xhr)$/.test(span.op)) return;
    records.requests.push({
      at: nearby(span.startTimestamp * SECOND, at),
      ref,
      value: {
        url: span.description,
        method: span.data?.method ?? 'GET',
        api: span.op === 'resource.fetch' ? 'fetch' : 'xhr',
        status: span.data?.statusCode ?? null,
        durationMs: Math.max(0, (span.endTimestamp - span.startTimestamp) * SECOND),
      },
    });
  }
}
