import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, describe, expect, it } from "vitest";
import { paint } from "#app/_components/lens-painting";
import { LensTokens } from "#ui/lens-tokens";
import { readingOf } from "./lens-fixture";

afterEach(cleanup);

const lens = readingOf();
const painting = paint("error", {
  lens,
  losses: undefined,
  feature: null,
  featureMax: 0,
});

function Strip() {
  const [chosen, setChosen] = useState(0);
  return (
    <LensTokens
      tokens={lens.tokens}
      windows={lens.windows}
      painting={painting}
      chosen={chosen}
      onChoose={setChosen}
    />
  );
}

const chosen = () =>
  screen
    .getAllByRole("button")
    .findIndex((b) => b.getAttribute("aria-pressed") === "true");

describe("the tokens of a text", () => {
  it("are buttons that say what they are and what their colour means", () => {
    render(<Strip />);
    expect(
      screen.getAllByRole("button").map((b) => b.getAttribute("aria-label")),
    ).toEqual([
      "The, error 5.0 %",
      "␣<whale>, error 12.0 %",
      "↵, error 25.0 %",
      "·, error 50.0 %",
    ]);
    const steps = screen
      .getAllByRole("button")
      .map((b) => b.getAttribute("data-step"));
    expect(steps).toEqual([null, "1", "3", "4"]);
  });

  it("show markup as text, break lines, and mark where another context answers", () => {
    const { container } = render(<Strip />);
    expect(container.querySelector("whale")).toBeNull();
    expect(container.textContent).toBe("The <whale>┊↵·");
    expect(container.querySelectorAll("br")).toHaveLength(1);
  });

  it("have one tab stop, and arrow keys go on from there", () => {
    render(<Strip />);
    const buttons = screen.getAllByRole("button");
    expect(buttons.map((b) => b.tabIndex)).toEqual([0, -1, -1, -1]);
    const press = (key: string) => {
      fireEvent.keyDown(document.activeElement ?? buttons[0]!, { key });
    };
    buttons[0]!.focus();
    press("ArrowRight");
    expect(chosen()).toBe(1);
    expect(document.activeElement).toBe(buttons[1]);
    press("End");
    expect(chosen()).toBe(3);
    press("ArrowRight");
    expect(chosen()).toBe(3);
    press("ArrowLeft");
    expect(chosen()).toBe(2);
    press("Home");
    expect(chosen()).toBe(0);
    expect(buttons.map((b) => b.tabIndex)).toEqual([0, -1, -1, -1]);
    fireEvent.click(buttons[2]!);
    expect(chosen()).toBe(2);
  });
});
