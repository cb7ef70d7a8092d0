import { relative } from "node:path";
import type { Reporter, TestModule } from "vitest/node";

/** Names the test files that had not finished when the run was stopped. */
export default class Unfinished implements Reporter {
  private readonly running = new Set<string>();

  onInit(): void {
    // Before Vitest's own handler, which ends the process.
    process.prependOnceListener("SIGTERM", () => {
      for (const file of this.running) {
        process.stdout.write(`not finished: ${file}\n`);
      }
    });
  }

  onTestModuleQueued(module: TestModule): void {
    this.running.add(relative(".", module.moduleId));
  }

  onTestModuleEnd(module: TestModule): void {
    this.running.delete(relative(".", module.moduleId));
  }
}
