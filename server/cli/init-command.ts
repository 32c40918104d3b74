import type { Command } from 'commander';
import { type AdminDeps, initProject, snippet } from '../admin/index.ts';
import { DEFAULT_PORT, toUrl } from './options.ts';

/** `init`: a project with its first key and token. */
export function addInitCommand(program: Command, folder: () => AdminDeps): void {
  program
    .command('init')
    .description('make a project; prints its keys, which are shown only once')
    .option('--name <name>', 'name of the project', 'My project')
    .option(
      '--url <url>',
      'where pages and workstations will reach the server',
      toUrl,
      `http://127.0.0.1:${DEFAULT_PORT}`,
    )
    .action((options: { name: string; url: string }) => init(folder(), options));
}

async function init(deps: AdminDeps, { name, url }: { name: string; url: string }): Promise<void> {
  const { project, writeKey, readToken } = await initProject(deps, { name });
  const lines = [
    `Project     ${name} (${project})`,
    `URL         ${url}`,
    `Write key   ${writeKey}   (public: it can only send recordings)`,
    `Read token  ${readToken}   (secret: it reads every recording of the project)`,
    '',
    'Key and token are shown only now. Paste this into each page to record:',
    '',
    snippet({ url, writeKey }),
    '',
    `Start the server:  traceflow-server --dir ${deps.dir}`,
  ];
  console.log(lines.join('\n'));
}
