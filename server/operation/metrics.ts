/** Counts of what a server did, since it started. */
export interface Metrics {
  /** One answered request. @param route path of the routing table, never what was asked for. */
  answered(route: string, status: number, tookMs: number): void;
  /** One batch, by what became of it. */
  batch(outcome: string, bytes: number): void;
  /** In the text format of Prometheus, followed by these gauges. */
  text(gauges: readonly Gauge[]): string;
}

/** A value that goes up and down. */
export interface Gauge {
  readonly name: string;
  readonly help: string;
  readonly value: number;
}

/** Upper bounds in seconds: what a sync to a slow disk, a loaded machine and a broken one look like. */
const BOUNDS_S = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10] as const;

interface Timing {
  readonly buckets: number[];
  sumS: number;
  count: number;
}

/** A registry of its own for each server. */
export function createMetrics(): Metrics {
  const requests = new Map<string, number>();
  const timings = new Map<string, Timing>();
  const batches = new Map<string, number>();
  let batchBytes = 0;
  const add = (map: Map<string, number>, key: string): void => {
    map.set(key, (map.get(key) ?? 0) + 1);
  };
  return {
    answered(route, status, tookMs) {
      add(requests, `route="${route}",status="${status}"`);
      const timing = timings.get(route) ?? { buckets: BOUNDS_S.map(() => 0), sumS: 0, count: 0 };
      timings.set(route, timing);
      const seconds = tookMs / 1000;
      const bucket = BOUNDS_S.findIndex((bound) => seconds <= bound);
      if (bucket !== -1) timing.buckets[bucket] = (timing.buckets[bucket] ?? 0) + 1;
      timing.sumS += seconds;
      timing.count += 1;
    },
    batch(outcome, bytes) {
      add(batches, `outcome="${outcome}"`);
      batchBytes += bytes;
    },
    text: (gauges) =>
      [
        ...family('traceflow_requests_total', 'counter', 'Answered requests.', [...requests].map(sample)),
        ...family('traceflow_request_seconds', 'histogram', 'Time to answer.', [...timings].flatMap(histogram)),
        ...family('traceflow_batches_total', 'counter', 'Batches by what became of them.', [...batches].map(sample)),
        ...family('traceflow_batch_bytes_total', 'counter', 'Bytes of batches that were stored.', [` ${batchBytes}`]),
        ...gauges.flatMap(({ name, help, value }) => family(name, 'gauge', help, [` ${value}`])),
        '',
      ].join('\n'),
  };
}

const sample = ([labels, value]: readonly [string, number]): string => `{${labels}} ${value}`;

/** @param samples what follows the name on each line. */
const family = (name: string, type: string, help: string, samples: readonly string[]): string[] => [
  `# HELP ${name} ${help}`,
  `# TYPE ${name} ${type}`,
  ...samples.map((one) => name + one),
];

/** Buckets are cumulative, as the format wants them. */
function histogram([route, { buckets, sumS, count }]: readonly [string, Timing]): string[] {
  let below = 0;
  const lines = BOUNDS_S.map((bound, at) => {
    below += buckets[at] ?? 0;
    return `_bucket{route="${route}",le="${bound}"} ${below}`;
  });
  return [
    ...lines,
    `_bucket{route="${route}",le="+Inf"} ${count}`,
    `_sum{route="${route}"} ${sumS}`,
    `_count{route="${route}"} ${count}`,
  ];
}
