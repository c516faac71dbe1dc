/** Rows of the Problems panel, read off the screen. */
import type { Page } from 'playwright-core';

/** Line and column from 1; hints are not shown there. */
export interface Problem {
  readonly severity: string;
  readonly message: string;
  readonly source: string;
  readonly code: string;
  readonly line: number;
  readonly column: number;
}

/** Opens the panel where it is not in view; rejects where something else takes its place meanwhile. */
export async function readProblems(page: Page): Promise<readonly Problem[]> {
  const panel = page.locator('.markers-panel');
  if (!(await panel.isVisible())) await page.keyboard.press('Control+Shift+KeyM');
  // A terminal that opens meanwhile takes its place.
  await panel.waitFor({ timeout: 3000 });
  return panel.locator('.monaco-list-row').evaluateAll((rows) =>
    rows.flatMap((row) => {
      const text = (selector: string): string => [...row.querySelectorAll(selector)].map((element) => element.textContent ?? '').join('\n');
      const place = /Ln (\d+), Col (\d+)/.exec(text('.marker-line'));
      if (place === null) return [];
      const severity = ['error', 'warning', 'info'].find((name) => row.querySelector(`.marker-icon.${name}`)) ?? '';
      const [, line, column] = place;
      return [
        {
          severity,
          message: text('.marker-message'),
          source: text('.marker-source'),
          code: text('.marker-code'),
          line: Number(line),
          column: Number(column),
        },
      ];
    }),
  );
}
