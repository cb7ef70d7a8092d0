import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { HelpTip } from "#ui/help-tip";
import { Menu } from "#ui/menu";

afterEach(cleanup);

const press = (key: string) => {
  fireEvent.keyDown(document.activeElement ?? document.body, { key });
};

describe("a menu", () => {
  const chosen = vi.fn<(name: string) => string>();
  const show = () => {
    chosen.mockReset().mockImplementation((name) => `${name} done`);
    render(
      <Menu
        label="Copy or export"
        hotkey="e"
        items={() => [
          { name: "Copy link", onSelect: () => chosen("link") },
          { name: "Save", onSelect: () => chosen("save") },
          { name: "Open", href: "#open" },
        ]}
      >
        Export
      </Menu>,
    );
    return screen.getByRole("button", { name: "Copy or export" });
  };
  const focused = () => document.activeElement?.textContent;

  it("opens on its key with the first item in focus, and walks round", () => {
    const button = show();
    expect(screen.queryByRole("menu")).toBeNull();
    press("e");
    expect(button.getAttribute("aria-expanded")).toBe("true");
    expect(focused()).toBe("Copy link");
    press("ArrowDown");
    expect(focused()).toBe("Save");
    press("ArrowUp");
    press("ArrowUp");
    expect(focused()).toBe("Open");
    press("Home");
    expect(focused()).toBe("Copy link");
    press("s");
    expect(focused()).toBe("Save");
    press("End");
    expect(focused()).toBe("Open");
  });

  it("closes on Esc and gives the focus back; its keys do not reach the page", () => {
    const button = show();
    const onPage = vi.fn();
    window.addEventListener("keydown", onPage);
    fireEvent.click(button);
    press("ArrowDown");
    press("Escape");
    window.removeEventListener("keydown", onPage);
    expect(screen.queryByRole("menu")).toBeNull();
    expect(document.activeElement).toBe(button);
    expect(onPage).not.toHaveBeenCalled();
  });

  it("says what was done, and what went wrong", async () => {
    const button = show();
    fireEvent.click(button);
    fireEvent.click(screen.getByRole("menuitem", { name: "Save" }));
    expect(await screen.findByText("save done")).toBeTruthy();
    chosen.mockImplementation(() => {
      throw new Error("This browser does not let pages copy.");
    });
    fireEvent.click(button);
    fireEvent.click(screen.getByRole("menuitem", { name: "Copy link" }));
    expect(await screen.findByText(/does not let pages copy/)).toBeTruthy();
  });
});

describe("a question mark", () => {
  it("explains on focus and hover, and Esc closes it", () => {
    render(<HelpTip about="density">A share of tokens.</HelpTip>);
    const mark = screen.getByRole("button", { name: "What density means" });
    const words = screen.getByText("A share of tokens.");
    expect(words.hidden).toBe(true);
    fireEvent.focus(mark);
    expect(words.hidden).toBe(false);
    press("Escape");
    fireEvent.keyDown(mark, { key: "Escape" });
    expect(words.hidden).toBe(true);
    fireEvent.pointerEnter(mark.parentElement!, { pointerType: "mouse" });
    expect(words.hidden).toBe(false);
  });
});
