import type { FactSource } from './clicks.ts';
import type { TaskDetails } from './details.ts';
import { type Draft, draft } from './draft.ts';
import { short } from './naming.ts';
import { pageName } from './urls.ts';

const NAMES = { task: 'Long task', frame: 'Long frame' } as const;

/** What is not noticed: RAIL's limit for a task, and the "good" limit of INP for an interaction. */
const UNNOTICED_TASK_MS = 50;
const UNNOTICED_INTERACTION_MS = 200;
/** Above it a stretch of work is a warning: the "poor" limit of INP. */
const POOR_MS = 500;

/** One signal for each stretch in which the page was too busy to answer. */
export function taskDrafts({ generation, pages }: FactSource): Draft[] {
  const inside = (at: number): number => Math.min(Math.max(at, generation.firstAt), generation.lastAt);
  const made = (
    at: number,
    text: string,
    ref: Draft['events'][number],
    details: Pick<TaskDetails, 'type' | 'durationMs' | 'blockingMs'> & Partial<TaskDetails>,
  ): Draft =>
    draft('task', {
      at: inside(at),
      endAt: Math.max(inside(at), at + details.durationMs),
      severity: details.durationMs > POOR_MS ? 'warning' : 'info',
      page: pageName(pages.urlAt(generation.id, at)),
      text: short(text),
      window: generation.window,
      events: [ref],
      details: {
        ...{ scripts: [], event: null, delayMs: null, processingMs: null, action: null, selector: null },
        ...details,
      },
    });
  const busy = generation.captured.task.map(({ ref, value }) => {
    const { at, kind, durationMs, blockingMs } = value;
    const scripts = (value.scripts ?? []).map((script) => ({
      durationMs: script.durationMs,
      layoutMs: script.layoutMs ?? null,
      invoker: script.invoker ?? null,
      source: script.source ?? null,
      function: script.function ?? null,
    }));
    const by = scripts[0]?.invoker || scripts[0]?.function || scripts[0]?.source;
    const text = `${NAMES[kind]} ${Math.round(durationMs)} ms${by ? ` in ${by}` : ''}`;
    return made(at, text, ref, {
      ...{ type: kind, durationMs, scripts },
      blockingMs: Math.max(blockingMs, kind === 'task' ? durationMs - UNNOTICED_TASK_MS : 0),
    });
  });
  const slow = generation.captured.interaction.map(({ ref, value }) => {
    const { at, type, durationMs, delayMs, processingMs, action = null, selector = null } = value;
    return made(at, `Slow ${type} ${Math.round(durationMs)} ms`, ref, {
      ...{ type: 'interaction', durationMs, event: type, delayMs, processingMs, action, selector },
      blockingMs: Math.max(0, durationMs - UNNOTICED_INTERACTION_MS),
    });
  });
  return [...busy, ...slow];
}
