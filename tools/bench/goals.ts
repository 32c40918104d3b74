import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { CHECKOUT } from '../setup/checkout.ts';

/** What a metric should reach; null where its figure is only reported. */
export interface Goal {
  readonly is: '>=' | '<=' | '==';
  readonly value: number;
  readonly unit: string;
}

/** What a reader must know to judge the figures of a bench: what was tried, what is next. Paragraphs, by the name of the bench. */
export type Notes = Readonly<Record<string, readonly string[]>>;

/** Goals by bench and metric. */
export type Goals = Readonly<Record<string, Readonly<Record<string, Goal | null>>>>;

const GOAL = /^(>=|<=|==) (\d+(?:\.\d+)?)(?: (\S+))?$/;

/** Reads one cell of the table, like ">= 40 x" or "reported". @throws when it is neither */
export function parseGoal(text: string): Goal | null {
  if (text === 'reported') return null;
  const match = GOAL.exec(text);
  if (!match) throw new Error(`"${text}" is no goal`);
  return { is: match[1] as Goal['is'], value: Number(match[2]), unit: match[3] ?? '' };
}

const Table = z.record(z.string(), z.record(z.string(), z.string()));

/** The table of goals. Goals are kept apart from the benches, so that a program cannot set its own. */
export function readGoals(file: string = join(CHECKOUT, 'test', 'bench', 'goals.json')): Goals {
  const table = Table.parse(JSON.parse(readFileSync(file, 'utf8')));
  return Object.fromEntries(
    Object.entries(table).map(([bench, metrics]) => [
      bench,
      Object.fromEntries(Object.entries(metrics).map(([metric, text]) => [metric, parseGoal(text)])),
    ]),
  );
}

const NoteTable = z.record(z.string(), z.array(z.string()));

/** What there is to say of the figures of a bench beside the figures, by its name. */
export function readNotes(file: string = join(CHECKOUT, 'test', 'bench', 'notes.json')): Notes {
  return NoteTable.parse(JSON.parse(readFileSync(file, 'utf8')));
}

/** Whether a figure reaches its goal; a metric that was not measured misses it. */
export function isMet(goal: Goal | null, value: number | null): boolean {
  if (value === null || Number.isNaN(value)) return false;
  if (goal === null) return true;
  if (goal.is === '>=') return value >= goal.value;
  return goal.is === '<=' ? value <= goal.value : value === goal.value;
}

/** The wording of a goal for a person. */
export const goalText = (goal: Goal | null): string =>
  goal ? `${goal.is} ${goal.value}${goal.unit ? ` ${goal.unit}` : ''}` : 'reported';
