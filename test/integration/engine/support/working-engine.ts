import { createEngine } from '../../../../main/engine/engine.ts';
import type { Job } from '../../../../shared/ipc/job.ts';
import { unwrap } from '../../../../shared/lib/result.ts';

// node working-engine.ts PROFILE import FILE... | node working-engine.ts PROFILE sync URL TOKEN | node working-engine.ts PROFILE hide KEY
const [profileDir = '', what, ...rest] = process.argv.slice(2);
const tokens = new Map<string, string>();
const engine = await createEngine({
  profileDir,
  fetch,
  clock: Date.now,
  log: (line) => process.stderr.write(`${line}\n`),
  secrets: {
    get: async (name) => tokens.get(name) ?? null,
    set: async (name, value) => void tokens.set(name, value),
    delete: async (name) => void tokens.delete(name),
  },
  demoDir: null,
  sdkFile: null,
});
const { signal } = new AbortController();
const call = async (name: string, input: unknown): Promise<unknown> => unwrap(await engine.call(name, input, signal));
const privileged = async (name: string, input: unknown): Promise<unknown> =>
  unwrap(await engine.privileged(name, input, signal));

if (what === 'hide') {
  await call('sessions.hide', { keys: rest });
  process.stdout.write('hidden\n');
  await new Promise(() => undefined); // until it is killed
}
const started =
  what === 'import'
    ? await privileged('import.files', { paths: rest })
    : await call('sync.start', {
        id: ((await call('servers.add', { url: rest[0], token: rest[1] })) as { id: string }).id,
      });
process.stdout.write('working\n');
engine.onEvent((event) => process.stdout.write(`${event.name}\n`));
const job = (await privileged('jobs.wait', started)) as Job;
process.stdout.write(`${job.state}\n`);
await engine.close();
