import type { Browser, Locator, Page } from "@playwright/test";
import { settings } from "#lib/config";
import { Rng } from "#lib/random";
import { findChromium } from "../_check/chromium";
import type { StepUi } from "../_steps/console";
import { median } from "../bench/median";
import type { Site } from "./requests";

export interface FirstLoad {
  /** Compressed, as they came: scripts, everything. */
  javascriptBytes: number;
  totalBytes: number;
  /** Largest Contentful Paint, milliseconds after the page was asked for. */
  lcpMs: number;
}

export interface Panning {
  /** The longest task of the page's thread; null when none was over 50 ms. */
  longestTaskMs: number | null;
  framesPerSecond: number;
}

export interface BrowserResult {
  featurePage: FirstLoad;
  scatter: Panning | null;
  atlas: Panning | null;
}

const PAN_STEPS = 120;
const STEP_MS = 16;
const APPEARS_MS = 10_000;

/** What people wait for in a browser; null when there is no Chromium. */
export async function measureBrowser(
  address: string,
  site: Site,
  { repetitions, seed }: { repetitions: number; seed: number },
  ui: StepUi,
): Promise<BrowserResult | null> {
  const chromium = settings().chromiumPath ?? (await findChromium(ui.signal));
  if (chromium === undefined) {
    ui.say("  no Chromium: pages are not measured");
    return null;
  }
  const browser = await openBrowser(chromium);
  try {
    const page = `${address}/sae/${site.saeId}`;
    const rng = Rng.of(seed, 12);
    const features = Array.from(
      { length: repetitions },
      () => `${page}/feature/${rng.below(site.features)}`,
    );
    return {
      featurePage: await firstLoad(browser, features),
      scatter: await pan(browser, page),
      atlas: await pan(browser, `${page}/atlas`),
    };
  } finally {
    await browser.close();
  }
}

async function openBrowser(executablePath: string): Promise<Browser> {
  const { chromium } = await import("@playwright/test");
  return chromium.launch({
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-background-networking",
      "--disable-component-update",
    ],
  });
}

/** Opens pages with nothing cached; medians. */
async function firstLoad(
  browser: Browser,
  addresses: readonly string[],
): Promise<FirstLoad> {
  const loads: FirstLoad[] = [];
  for (const address of addresses) {
    const context = await browser.newContext(WINDOW);
    loads.push(await load(await context.newPage(), address));
    await context.close();
  }
  return {
    javascriptBytes: median(loads.map((l) => l.javascriptBytes)),
    totalBytes: median(loads.map((l) => l.totalBytes)),
    lcpMs: median(loads.map((l) => l.lcpMs)),
  };
}

const WINDOW = { viewport: { width: 1440, height: 900 } };

async function load(page: Page, address: string): Promise<FirstLoad> {
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  const types = new Map<string, string>();
  const bytes: Record<string, number> = {};
  session.on("Network.responseReceived", ({ requestId, type }) => {
    types.set(requestId, type);
  });
  session.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const type = types.get(requestId) ?? "Other";
    bytes[type] = (bytes[type] ?? 0) + encodedDataLength;
  });
  await page.goto(address, { waitUntil: "networkidle" });
  const lcpMs = await page.evaluate(
    () =>
      new Promise<number>((found) => {
        new PerformanceObserver((list) => {
          found(list.getEntries().at(-1)!.startTime);
        }).observe({ type: "largest-contentful-paint", buffered: true });
      }),
  );
  const totalBytes = Object.values(bytes).reduce((a, b) => a + b, 0);
  return { javascriptBytes: bytes["Script"] ?? 0, totalBytes, lcpMs };
}

/** Drags a map about and watches for tasks that keep its page from answering. */
async function pan(browser: Browser, address: string): Promise<Panning | null> {
  const context = await browser.newContext(WINDOW);
  const page = await context.newPage();
  await page.goto(address, { waitUntil: "networkidle" });
  const map = page.locator("canvas[role=application]").first();
  // A plot that does not move is not measured.
  if (!(await appears(map))) return null;
  await map.scrollIntoViewIfNeeded();
  // What loading still does is not panning.
  await page.waitForTimeout(1500);
  const box = (await map.boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.evaluate(WATCH);
  await page.mouse.move(x, y);
  await page.mouse.down();
  for (let i = 0; i < PAN_STEPS; i++) {
    const angle = (2 * Math.PI * i) / PAN_STEPS;
    const reach = box.height / 4;
    await page.mouse.move(
      x + reach * Math.sin(angle),
      y + reach * (1 - Math.cos(angle)),
    );
    await page.waitForTimeout(STEP_MS);
  }
  await page.mouse.up();
  const { tasks, frames, seconds } = await page.evaluate<Watched>("watched()");
  await context.close();
  return {
    longestTaskMs: tasks.length === 0 ? null : Math.max(...tasks),
    framesPerSecond: frames / seconds,
  };
}

async function appears(element: Locator): Promise<boolean> {
  return element.waitFor({ timeout: APPEARS_MS }).then(
    () => true,
    () => false,
  );
}

interface Watched {
  /** Milliseconds of tasks over 50. */
  tasks: number[];
  frames: number;
  seconds: number;
}

/** Runs in the page: a text, as a compiled function would call helpers. */
const WATCH = `
  const tasks = [];
  let frames = 0;
  const began = performance.now();
  const observer = new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) tasks.push(entry.duration);
  });
  observer.observe({ type: "longtask" });
  const count = () => {
    frames++;
    requestAnimationFrame(count);
  };
  requestAnimationFrame(count);
  window.watched = () => {
    for (const entry of observer.takeRecords()) tasks.push(entry.duration);
    return { tasks, frames, seconds: (performance.now() - began) / 1000 };
  };
`;
