import { expect, type Locator } from "@playwright/test";

/**
 * Waits until an element of a page that came as HTML answers clicks and keys:
 * what is pressed before that is lost. React marks what it takes over, and
 * listens once it has nothing left to do about it.
 */
export async function untilAlive(element: Locator): Promise<void> {
  await expect
    .poll(() =>
      element.evaluate((node) =>
        Object.keys(node).some((key) => key.startsWith("__reactProps")),
      ),
    )
    .toBe(true);
  await element.evaluate(async () => {
    for (let i = 0; i < 3; i++) {
      await new Promise((resolve) => requestIdleCallback(resolve));
      await new Promise(requestAnimationFrame);
    }
  });
}
