import { describe, expect, it } from 'vitest';
import { findingMarkdown } from '../../../../../renderer/features/session/finding-markdown.ts';
import type { Finding } from '../../../../../shared/model/finding.ts';
import { generatedDiagnosis, generatedSignals } from '../../../../support/workbench/generated-evidence.ts';
import { generatedSession } from '../../../../support/workbench/generated-sessions.ts';

const row = generatedSession(0);
const signals = generatedSignals(row);
const [finding] = generatedDiagnosis(row).findings as [Finding];

describe('a finding for an issue', () => {
  it('has title, chain, steps and evidence with times', () => {
    expect(findingMarkdown(finding, row, signals).text.replaceAll(row.key, 'KEY')).toMatchInlineSnapshot(`
      "### \`POST /api/orders answered 500 and the page showed nothing\`

      **confirmed** (server-error-swallowed) · recorded 2026-05-12T14:03:07.000Z · release \`2.0.0\` · page \`https://shop.acme.test/?q=~1f3a\` · session \`KEY\`

      #### What happened

      1. 0:09.4 action: \`Click "Pay"\`
      2. 0:09.4 request: \`POST /api/orders\` (+16 ms, \`The click started this request.\`, strength 0.9)
      3. 0:09.8 response: \`500 Internal Server Error after 435 ms\` (+435 ms, \`It is the answer to this request.\`, strength 1.0)
      4. 0:09.8 effect: \`No visible change within 3 s\` (+0 ms, \`Nothing under the form changed after the answer.\`, strength 0.6)
      5. 0:11.9 reaction: \`3 more clicks on "Pay" within 1 s\` (+2.0 s, \`They follow 2 s after the failed attempt, on the same button.\`, strength 0.3)

      #### Steps

      1. \`/checkout\`
      2. \`Input in "Card number"\`
      3. \`Click "Pay"\`

      #### Evidence

      - 0:09.4 click: \`Click "Pay"\`
      - 0:09.4 request: \`POST /api/orders → 500\`
      - 0:11.9 click: \`Click "Pay"\`
      - 0:12.2 click: \`Click "Pay"\`
      - 0:12.6 click: \`Click "Pay"\`

      #### What speaks against it

      - \`A toast could have been shown outside of the recorded document.\`

      #### What is missing to be sure

      - \`The body of the answer was not recorded, so the reason the server gave is not known.\`
      "
    `);
  });

  it('holds nothing personal, and says how much was taken out', () => {
    const title = `Pay fails for ${row.user}: card 4111 1111 1111 1111`;
    const { text, redactions } = findingMarkdown({ ...finding, title }, row, signals);
    expect(text).toContain('### `Pay fails for ⟦email 1⟧: card ⟦card 1⟧`');
    expect(text).not.toMatch(/ada|4111/);
    expect(redactions).toEqual({ email: 1, card: 1 });
  });

  it('shows hostile words as words', () => {
    const title = '@team ![x](http://evil.test/?a) <img src=x> `` ` [a](b) \n# head';
    const { text } = findingMarkdown({ ...finding, title }, row, signals);
    expect(text.split('\n')[0]).toBe(
      '### ``` @team ![x](http://evil.test/?⟦query 1⟧) <img src=x> `` ` [a](b) # head ```',
    );
  });
});
