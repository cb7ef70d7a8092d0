import { describe, expect, it } from "vitest";
import {
  formatCount,
  formatDuration,
  Progress,
} from "../../scripts/_cli/progress";

function recorder(isTTY: boolean) {
  const written: string[] = [];
  let time = 0;
  return {
    written,
    advance: (ms: number) => (time += ms),
    options: {
      output: {
        write: (text: string) => written.push(text),
        isTTY,
        columns: 72,
      },
      now: () => time,
      label: "training",
      unit: "tokens",
    },
  };
}

describe("progress", () => {
  it("rewrites one line on a terminal", () => {
    const { written, advance, options } = recorder(true);
    const bar = new Progress({ ...options, total: 1000 });
    advance(1000);
    bar.update(250, "fvu 0.3");
    advance(10); // sooner than anyone can read
    bar.update(260);
    advance(1000);
    bar.update(500);
    bar.finish("fvu 0.2");
    expect(written).toEqual([
      "\r\x1b[2Ktraining  [██████░░░░░░░░░░░░░░░░░░]  25%  250/1.00k  250 tokens/s  3.…",
      "\r\x1b[2Ktraining  [████████████░░░░░░░░░░░░]  50%  500/1.00k  249 tokens/s  2.…",
      "\r\x1b[2Ktraining: 500 tokens in 2.0 s  fvu 0.2\n",
    ]);
  });

  it("writes at most one plain line in five seconds elsewhere", () => {
    const { written, advance, options } = recorder(false);
    const bar = new Progress({ ...options, total: 100_000 });
    for (let i = 1; i <= 100; i++) {
      advance(100);
      bar.update(i * 100);
    }
    bar.finish();
    expect(written).toEqual([
      "training  5%  5.00k/100k  1.00k tokens/s  1m35s left\n",
      "training  10%  10.0k/100k  1.00k tokens/s  1m30s left\n",
      "training: 10.0k tokens in 10 s\n",
    ]);
  });

  it("reckons the rate of a resumed run from where it began", () => {
    const { written, advance, options } = recorder(false);
    const bar = new Progress({ ...options, total: 1000, from: 800 });
    advance(5000);
    bar.update(900);
    expect(written).toEqual([
      "training  90%  900/1.00k  20 tokens/s  5.0 s left\n",
    ]);
  });

  it.each([
    [0, "0"],
    [999, "999"],
    [999.7, "1.00k"],
    [12_345, "12.3k"],
    [999_900, "1.00M"],
    [2_054_000, "2.05M"],
    [3.456, "3.5"],
  ])("writes the count %d as %s", (value, text) => {
    expect(formatCount(value)).toBe(text);
  });

  it.each([
    [0.42, "0.4 s"],
    [9.97, "10 s"],
    [59.6, "1m00s"],
    [130, "2m10s"],
    [3900, "1h05m"],
  ])("writes %d seconds as %s", (seconds, text) => {
    expect(formatDuration(seconds)).toBe(text);
  });
});
