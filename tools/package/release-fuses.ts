import type { Configuration } from 'electron-builder';

/** The switches burnt into a released executable. */
export type ReleaseFuses = NonNullable<Configuration['electronFuses']>;

/**
 * What an installed app must not be: a Node for other programs, open to options from the environment, or to a debugger.
 * @param inspectable leaves the debugger's door open, for the tests that drive the packaged app; never for a release
 */
export const releaseFuses = (inspectable: boolean): ReleaseFuses => ({
  runAsNode: false,
  enableNodeOptionsEnvironmentVariable: false,
  enableNodeCliInspectArguments: inspectable,
  onlyLoadAppFromAsar: true,
  loadBrowserProcessSpecificV8Snapshot: false,
  // Our pages come over schemes of our own; file: needs no more rights than a browser gives it.
  grantFileProtocolExtraPrivileges: false,
});
