import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { TokenStrip } from "#ui/token-strip";

afterEach(cleanup);

const tokens = ["The", " whale", "<b>", "\n", ""].map((text, id) => ({
  id,
  text,
}));

describe("a strip of tokens", () => {
  it("marks firing tokens with step, value and words, and leaves the rest plain", () => {
    const { container } = render(
      <TokenStrip tokens={tokens} values={[0, 8, 2, 0, 0]} max={8} peak={1} />,
    );
    const fired = container.querySelectorAll("[data-step]");
    expect([...fired].map((e) => e.getAttribute("data-step"))).toEqual([
      "4",
      "1",
    ]);
    expect(fired[0]!.getAttribute("data-value")).toBe("8.0000");
    expect(fired[0]!.hasAttribute("data-peak")).toBe(true);
    expect(screen.getByText("(8.00)", { exact: false })).toBeTruthy();
  });

  it("shows markup and line breaks as text", () => {
    const { container } = render(
      <TokenStrip tokens={tokens} values={[0, 0, 0, 0, 0]} max={8} />,
    );
    expect(container.querySelector("b")).toBeNull();
    expect(container.textContent).toBe("The whale<b>↵");
  });

  it("draws only the window it is given, and documents apart", () => {
    const { container } = render(
      <TokenStrip
        tokens={[
          ...tokens,
          { id: 50_256, text: "<|endoftext|>" },
          { id: 9, text: "Next" },
        ]}
        values={[0, 0, 0, 0, 0, 0, 0]}
        max={8}
        from={1}
      />,
    );
    expect(container.textContent).toBe(" whale<b>↵ ‖ Next");
  });
});
