import { expect, type Locator, type Page } from "@playwright/test";

/** The page's scatter or atlas. */
export const mapOf = (page: Page) => page.getByRole("application");

export async function boxOf(element: Locator) {
  await expect(element).toBeVisible();
  await element.scrollIntoViewIfNeeded();
  return (await element.boundingBox())!;
}

/** Presses, moves through points in shares of the element's box, lets go. */
export async function drag(
  page: Page,
  element: Locator,
  points: [number, number][],
): Promise<void> {
  const box = await boxOf(element);
  const at = ([x, y]: [number, number]) =>
    [box.x + x * box.width, box.y + y * box.height] as const;
  await page.mouse.move(...at(points[0]!));
  await page.mouse.down();
  for (const point of points.slice(1)) {
    await page.mouse.move(...at(point), { steps: 6 });
  }
  await page.mouse.up();
}
