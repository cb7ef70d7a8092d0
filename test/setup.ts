import { afterEach, beforeEach, expect, vi } from "vitest";

// An unexpected console.error or console.warn fails the test that caused it.
// A test that expects one replaces the spy's implementation itself.
const methods = ["error", "warn"] as const;

beforeEach(() => {
  for (const method of methods) vi.spyOn(console, method);
});

afterEach(() => {
  for (const method of methods) {
    const calls = vi.mocked(console[method]).mock.calls;
    expect(calls, `unexpected console.${method}`).toEqual([]);
  }
  vi.restoreAllMocks();
});
