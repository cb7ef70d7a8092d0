import { expect, type Locator } from "@playwright/test";

/**
 * Waits until an element of a page that came as HTML answers clicks and keys:
 * what is pressed before that is lost. React marks what it has taken over;
 * listeners of effects follow with the next frames.
 */
export async function untilAlive(element: Locator): Promise<void> {
  await expect
    .poll(() =>
      element.evaluate(async (node) => {
        const frame = () => new Promise(requestAnimationFrame);
        for (let i = 0; i < 3; i++) await frame();
        return Object.keys(node).some((key) => key.startsWith("__reactProps"));
      }),
    )
    .toBe(true);
}
