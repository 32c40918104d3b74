import { BATCH_TYPE, type Network, type Post, postBatch } from '../../../web/src/transport/post.ts';

/**
 * Sends batches by the app's own `fetch`. An app that goes away cannot hand anything over: what is not sent then waits in
 * its storage.
 */
export const appPost = (network: Network): Post => ({
  send: (url, body) => postBatch(network, url, { body, headers: { 'content-type': BATCH_TYPE } }),
  beacon: () => false,
});
