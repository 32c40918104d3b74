import type { MirrorQuestion } from './mirror-messages.ts';
import { createMirrorService } from './mirror-service.ts';

const answer = createMirrorService();
/** One after the other: a step asked for after a chunk must see that chunk. */
let last: Promise<unknown> = Promise.resolve();

addEventListener('message', ({ data }: MessageEvent<MirrorQuestion>) => {
  last = last.then(async () => postMessage(await answer(data)));
});
