import manifest from './package.json' with { type: 'json' };

/** Version of the server, as a connection test shows it. */
export const SERVER_VERSION: string = manifest.version;
