import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { PairStrip } from "#ui/pair-strip";
import { ReadingArea } from "#ui/reading-area";
import { ReadingMark } from "#ui/reading-mark";
import { TokenStrip } from "#ui/token-strip";

afterEach(cleanup);

const tokens = ["<bos>", "The", " whale", " swam"].map((text, id) => ({
  id,
  text,
}));

describe("a value that is read", () => {
  const show = () =>
    render(
      <ReadingArea describe={({ activation }) => `as ${String(activation)}`}>
        <TokenStrip
          tokens={tokens}
          values={[0, 0, 2.34567, 0]}
          max={4}
          from={1}
          anchor="top-1"
          every
        />
        <div data-testid="plot">
          <ReadingMark name="activation" domain={[0, 4]} describe={String} />
        </div>
      </ReadingArea>,
    );
  const mark = () => screen.getByTestId("plot").firstElementChild;

  it("is shown exactly and marked on plots, under the pointer and in focus", () => {
    const { container } = show();
    const whale = container.querySelector("#top-1-2")!;
    expect(mark()).toBeNull();
    fireEvent.pointerOver(whale);
    expect(screen.getByText("2.3457")).toBeTruthy();
    expect(screen.getByText("as 2.34567")).toBeTruthy();
    expect((mark() as HTMLElement).style.insetInlineStart).toBe("58.64175%");
    fireEvent.pointerOver(container.querySelector("#top-1-1")!);
    // Silent tokens have a value, too: 0.
    expect(mark()!.textContent).toBe("0");
    fireEvent.pointerLeave(container.firstElementChild!);
    expect(mark()).toBeNull();
    fireEvent.focus(whale);
    expect(mark()!.textContent).toBe("2.34567");
    fireEvent.blur(whale);
    expect(mark()).toBeNull();
  });

  it("is walked to with the arrow keys", () => {
    const { container } = show();
    const whale = container.querySelector<HTMLElement>("#top-1-2")!;
    expect(whale.tabIndex).toBe(0);
    whale.focus();
    fireEvent.keyDown(whale, { key: "ArrowRight" });
    expect(document.activeElement?.id).toBe("top-1-3");
    fireEvent.keyDown(document.activeElement!, { key: "ArrowLeft" });
    expect(document.activeElement?.id).toBe("top-1-2");
  });

  it("beyond the plot's end is marked at the end", () => {
    render(
      <ReadingArea>
        <span data-value="9" data-read-a="9">
          token
        </span>
        <div data-testid="plot">
          <ReadingMark name="a" domain={[0, 4]} describe={String} />
        </div>
      </ReadingArea>,
    );
    fireEvent.pointerOver(screen.getByText("token"));
    expect((mark() as HTMLElement).style.insetInlineStart).toBe("100%");
    expect(mark()!.textContent).toBe("9 →");
  });
});

describe("a strip of two features", () => {
  it("tells the two apart by attributes and words, and reads both", () => {
    const { container } = render(
      <PairStrip
        tokens={tokens}
        a={[0, 1, 4, 0]}
        b={[0, 0, 1, 3]}
        maxA={4}
        maxB={3}
        from={1}
        to={4}
        peak={2}
      />,
    );
    const fired = [...container.querySelectorAll("[data-value]")];
    expect(
      fired.map((e) => [e.getAttribute("data-a"), e.getAttribute("data-b")]),
    ).toEqual([
      ["1", null],
      ["4", "2"],
      [null, "4"],
    ]);
    expect(fired[1]!.getAttribute("data-value")).toBe("A 4.0000 · B 1.0000");
    expect(fired[1]!.textContent).toContain("(A 4.00, B 1.00)");
    expect(fired.map((e) => (e as HTMLElement).tabIndex)).toEqual([-1, 0, -1]);
    (fired[1] as HTMLElement).focus();
    fireEvent.keyDown(fired[1]!, { key: "ArrowRight" });
    expect(document.activeElement).toBe(fired[2]);
  });
});
