import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "@playwright/test";
import { SAE_PATH } from "./data";
import { checkPage } from "./accessibility";

const PATH = `/embed${SAE_PATH}/feature/3`;

test("an embedded feature shows the parts asked for, without the site about it", async ({
  page,
}) => {
  await page.goto(`${PATH}?show=histogram,logits`);
  await expect(page.getByRole("banner")).toHaveCount(0);
  await expect(
    page.getByRole("img", { name: /^Histogram of activations/ }),
  ).toBeVisible();
  await expect(page.getByText("Direct effect")).toBeVisible();
  await expect(page.getByText("Top activations")).toHaveCount(0);
  await page.goto(PATH);
  await expect(page.getByText("Top activations").first()).toBeVisible();
  await expect(
    page.getByRole("textbox", { name: "Your own text" }),
  ).toBeVisible();
});

test("another site may frame it, and nothing else", async ({
  page,
  baseURL,
}) => {
  const site = createServer((request, response) => {
    const path = new URL(request.url!, "http://x").searchParams.get("path");
    response.setHeader("content-type", "text/html");
    response.end(`<iframe src="${baseURL}${path}" width="800" height="600">`);
  });
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
  const { port } = site.address() as AddressInfo;
  // Another name is another site.
  const framing = (path: string) =>
    page.goto(`http://localhost:${port}/?path=${encodeURIComponent(path)}`);
  try {
    await framing(`${PATH}?show=contexts`);
    const frame = page.frameLocator("iframe");
    await expect(frame.getByText("Top activations").first()).toBeVisible();
    await framing(`${SAE_PATH}/feature/3`);
    await expect(
      page.frameLocator("iframe").getByRole("heading", { name: "Feature 3" }),
    ).toHaveCount(0);
  } finally {
    site.close();
  }
});

checkPage("embedded feature", PATH, async (page) => {
  await expect(page.getByText("Top activations").first()).toBeVisible();
  await page.waitForLoadState("networkidle");
});
