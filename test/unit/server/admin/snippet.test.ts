import { expect, test } from 'vitest';
import { snippet } from '../../../../server/admin/index.ts';

test('the snippet imports the SDK from the server and starts it', () => {
  expect(snippet({ url: 'https://tf.example/', writeKey: 'tfw_x' })).toBe(
    `<script type="module">
  import { init } from "https://tf.example/sdk/v1/traceflow.js";
  init({ server: "https://tf.example", key: "tfw_x" });
</script>`,
  );
});

test('nothing closes the script early', () => {
  expect(snippet({ url: 'https://x/</script>', writeKey: 'k' }).match(/<\/script>/g)).toHaveLength(1);
});
