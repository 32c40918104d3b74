import { syncOnce } from './sync-once.ts';

// node killable.ts PROFILE URL: a sync in a process of its own, to be killed.
await syncOnce(process.argv[2] ?? '', process.argv[3] ?? '');
