import {
  cleanup,
  fireEvent,
  render,
  screen,
  within,
} from "@testing-library/react";
import { afterEach, describe, expect, it } from "vitest";
import { failedCell, sweepCell } from "#test/sweep-report";
import { SweepBox } from "#ui/sweep-box";
import { SweepFailures } from "#ui/sweep-failures";
import { SweepTable } from "#ui/sweep-table";

afterEach(cleanup);

const cells = [
  sweepCell({ saeId: "middle", l0: 32.04, fvu: 0.15 }),
  sweepCell({ saeId: "first", l0: 16, fvu: 0.2 }),
  sweepCell({ saeId: "unmeasured", l0: 64, fvu: null }),
];
const ids = () =>
  screen
    .getAllByRole("row")
    .slice(1)
    .map((row) => within(row).getAllByRole("cell").at(-1)!.textContent);

describe("a sweep's table", () => {
  it("shows every figure with its unit's digits, – for none", () => {
    render(<SweepTable cells={cells} indexed={[]} />);
    const row = screen.getByRole("cell", { name: "middle" }).parentElement!;
    expect(
      within(row)
        .getAllByRole("cell")
        .map((cell) => cell.textContent),
    ).toEqual([
      "TopK",
      "512",
      "k = 16",
      "32.0",
      "0.150",
      "97.0 %",
      "91.0 %",
      "0.250",
      "0.240",
      "1.0 %",
      "21,000",
      "onnx",
      "blocks.2.hook_resid_post",
      "middle",
    ]);
    expect(screen.getAllByText("–")).toHaveLength(1);
  });

  it("is sorted by L0, by any head that is chosen, and turned", () => {
    render(<SweepTable cells={cells} indexed={[]} />);
    expect(ids()).toEqual(["first", "middle", "unmeasured"]);
    const head = screen.getByRole("columnheader", { name: "FVU" });
    fireEvent.click(within(head).getByRole("button"));
    expect(ids()).toEqual(["middle", "first", "unmeasured"]);
    expect(head.getAttribute("aria-sort")).toBe("ascending");
    fireEvent.click(within(head).getByRole("button"));
    // What was not measured stays last.
    expect(ids()).toEqual(["first", "middle", "unmeasured"]);
    expect(head.getAttribute("aria-sort")).toBe("descending");
  });

  it("links the SAEs that have a page, and no other", () => {
    render(<SweepTable cells={cells} indexed={["first"]} />);
    const links = screen.getAllByRole("link");
    expect(links.map((link) => link.getAttribute("href"))).toEqual([
      "/sae/first",
    ]);
  });
});

describe("a sweep's failures", () => {
  it("name the SAE, what was asked of it, and why it failed", () => {
    render(
      <SweepFailures cells={[failedCell(), failedCell({ saeId: "x" })]} />,
    );
    expect(screen.getByRole("heading").textContent).toBe("2 SAEs failed");
    const [item] = screen.getAllByRole("listitem");
    expect(item!.textContent).toContain("JumpReLU, 1,024, λ = 0.02");
    expect(item!.textContent).toContain("grid-jumprelu-1024-failed");
    expect(item!.textContent).toContain("lower the learning rate");
  });

  it("are not there when nothing failed", () => {
    const { container } = render(<SweepFailures cells={[]} />);
    expect(container.textContent).toBe("");
  });
});

describe("a point's box", () => {
  it("shows the SAE's figures and whether it can be opened", () => {
    const { rerender } = render(<SweepBox cell={cells[0]!} canOpen />);
    expect(screen.getByText("FVU").parentElement!.textContent).toBe("FVU0.150");
    expect(screen.getByText("click to open")).toBeTruthy();
    rerender(<SweepBox cell={cells[0]!} canOpen={false} />);
    expect(screen.queryByText("click to open")).toBeNull();
  });
});
