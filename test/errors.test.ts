import { expect, test, vi } from "vitest";
import { AppError } from "#lib/errors";

test("an AppError of another copy of its module is one, other errors are not", async () => {
  vi.resetModules();
  const copy = await import("#lib/errors");
  expect(copy.AppError).not.toBe(AppError);
  const error = new copy.AppError("not_found", "There is nothing here.");
  expect(error instanceof AppError).toBe(true);
  expect(new AppError("invalid", "No.") instanceof copy.AppError).toBe(true);
  for (const other of [new Error("no"), { name: "AppError" }, null, "text"]) {
    expect((other as unknown) instanceof AppError).toBe(false);
  }
});
