import { findChromium } from '../find-chromium.ts';
import { findProgram } from '../find-program.ts';
import type { PackageChoice } from './apt.ts';

/** What the set-up is for; more is needed to test than to start. */
export type Goal = 'start' | 'test' | 'check' | 'package';

/** The packages without which a window cannot be shown or a page cannot be recorded on this machine. */
export function missingPrograms(goal: Goal, env: NodeJS.ProcessEnv = process.env): PackageChoice[] {
  const has = (program: string): boolean => findProgram([program], env.PATH ?? '') !== null;
  const packages: PackageChoice[] = [];
  const needsXvfb = goal === 'test' || (goal === 'start' && !env.DISPLAY && !env.WAYLAND_DISPLAY);
  if (needsXvfb && !(has('xvfb-run') && has('Xvfb'))) packages.push(['xvfb']);
  if (needsXvfb && !has('xauth')) packages.push(['xauth']); // xvfb-run uses it, the package only recommends it
  if (goal === 'test' && !findChromium(env)) packages.push(['chromium', 'chromium-browser']);
  return packages;
}

/** The packages without which nothing can be compiled. */
export function missingCompilers(env: NodeJS.ProcessEnv = process.env): PackageChoice[] {
  return ['python3', 'make', 'g++'].filter((name) => !findProgram([name], env.PATH ?? '')).map((name) => [name]);
}
