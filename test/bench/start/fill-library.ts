import { mkdirSync } from 'node:fs';
import { openStore } from '../../../main/engine/store/store.ts';
import { ANALYSIS_VERSION } from '../../../shared/analysis/index.ts';
import { FACTS_VERSION } from '../../../shared/facts/index.ts';
import { openWriter } from '../../../shared/node/sqlite.ts';

const PAGES = ['/', '/search', '/product/lantern', '/cart', '/checkout', '/account'] as const;

/** Makes a library with this many rows. Only rows: the list is what is measured, and it reads nothing else. */
export function fillLibrary(profileDir: string, sessions: number): void {
  mkdirSync(profileDir, { recursive: true });
  const store = openStore({ profileDir, now: Date.now() });
  store.close();
  const db = openWriter({ file: `${profileDir}/library.db` });
  db.transaction(() => {
    for (let i = 0; i < sessions; i += 1) {
      const entry = `https://shop.test${PAGES[i % PAGES.length]}`;
      db.run(
        `INSERT INTO session (key, source, session_id, started_at, duration_ms, entry_url, exit_url, user, user_agent, release,
           events, clicks, errors, failed_requests, frustrations, bytes, state, verdict, notice, facts_version, analysis_version, search)
         VALUES (?, 'server:1', ?, ?, ?, ?, ?, ?, NULL, '2.4.1', ?, ?, ?, ?, ?, 1000, 'index', 'nothing wrong found', NULL, ?, ?, ?)`,
        i.toString(16).padStart(32, '0'),
        `session-${i}`,
        1_790_000_000_000 + i * 60_000,
        (i * 7919) % 600_000,
        entry,
        entry,
        `user${i % 997}`,
        (i * 31) % 5000,
        i % 90,
        i % 5,
        i % 3,
        i % 4,
        FACTS_VERSION,
        ANALYSIS_VERSION,
        `${entry} user${i % 997} 2.4.1 session-${i}`,
      );
    }
  });
  db.close();
}
