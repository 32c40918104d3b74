import axe from 'axe-core';
import type { Page } from 'playwright';

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
}

/**
 * What axe finds wrong with the page as it is now, one line for each element: rule, markup, reason. Documents in frames are
 * left out: the recorded page is as its owner made it.
 * @param options.floating something floats over the page, which is in no landmark of it
 */
export async function axeFaults(page: Page, options: { readonly floating?: boolean } = {}): Promise<string[]> {
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  const { violations } = await page.evaluate(
    (landmarks): Promise<AxeResult> =>
      (window as unknown as { axe: { run(options: object): Promise<AxeResult> } }).axe.run({
        iframes: false,
        resultTypes: ['violations'],
        // An experiment of axe's that takes words in neighbouring elements for one word.
        rules: { 'label-content-name-mismatch': { enabled: false }, region: { enabled: landmarks } },
      }),
    options.floating !== true,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 200)} (${failureSummary ?? ''})`),
  );
}
