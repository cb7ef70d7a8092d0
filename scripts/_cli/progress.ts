/** Where progress is drawn: stdout, or stderr when stdout carries JSON. */
export interface ProgressOutput {
  write(text: string): unknown;
  isTTY?: boolean | undefined;
  columns?: number | undefined;
}

export interface ProgressOptions {
  output: ProgressOutput;
  label: string;
  /** Units in all; undefined when it is not known beforehand. */
  total?: number | undefined;
  /** Units already done when this run began (a resumed one); else 0. */
  from?: number | undefined;
  /** What is counted, for the rate: "tokens" gives "12.3k tokens/s". */
  unit: string;
  /** Milliseconds; only differences matter. */
  now?: () => number;
}

/** A terminal is redrawn ten times a second; a log gets a line every 5 s. */
const REDRAW_MS = 100;
const LINE_MS = 5000;
const BAR_WIDTH = 24;

/** A long step's progress: how much is done, how fast, how long it will take. */
export class Progress {
  private readonly startedAt: number;
  private readonly now: () => number;
  private shownAt: number;
  private done: number;
  private note = "";
  private total: number | undefined;

  constructor(private readonly options: ProgressOptions) {
    this.now = options.now ?? (() => performance.now());
    this.total = options.total;
    this.done = options.from ?? 0;
    this.startedAt = this.now();
    this.shownAt = -Infinity;
    if (options.output.isTTY !== true) this.shownAt = this.startedAt;
  }

  /** Reports that `done` units are finished; `note` ("fvu 0.183") is shown behind. */
  update(done: number, note = "", total = this.total): void {
    this.done = done;
    this.note = note;
    this.total = total;
    const tty = this.options.output.isTTY === true;
    const now = this.now();
    if (now - this.shownAt < (tty ? REDRAW_MS : LINE_MS)) return;
    this.shownAt = now;
    if (tty) this.options.output.write(`\r\x1b[2K${this.fit(this.line())}`);
    else this.options.output.write(`${this.line()}\n`);
  }

  /** Ends the step with one line that stays: what was done and how long it took. */
  finish(note = this.note): void {
    const seconds = (this.now() - this.startedAt) / 1000;
    const { label, unit, output, from = 0 } = this.options;
    const count = this.done - from;
    const amount = count > 0 ? ` ${formatCount(count)} ${unit}` : "";
    const clear = output.isTTY === true ? "\r\x1b[2K" : "";
    const tail = note === "" ? "" : `  ${note}`;
    output.write(
      `${clear}${label}:${amount} in ${formatDuration(seconds)}${tail}\n`,
    );
  }

  /** Takes the unfinished line off the terminal, before an error is printed. */
  clear(): void {
    if (this.options.output.isTTY === true) {
      this.options.output.write("\r\x1b[2K");
    }
  }

  private line(): string {
    const { label, unit, from = 0 } = this.options;
    const seconds = (this.now() - this.startedAt) / 1000;
    const rate = seconds > 0 ? (this.done - from) / seconds : 0;
    const parts = [label];
    if (this.total !== undefined && this.total > 0) {
      const fraction = Math.min(1, this.done / this.total);
      if (this.options.output.isTTY === true) parts.push(bar(fraction));
      parts.push(`${String(Math.floor(fraction * 100))}%`);
    }
    parts.push(
      this.total === undefined
        ? formatCount(this.done)
        : `${formatCount(this.done)}/${formatCount(this.total)}`,
    );
    if (rate > 0) parts.push(`${formatCount(rate)} ${unit}/s`);
    if (this.total !== undefined && rate > 0) {
      const left = (this.total - this.done) / rate;
      parts.push(`${formatDuration(Math.max(0, left))} left`);
    }
    if (this.note !== "") parts.push(this.note);
    return parts.join("  ");
  }

  /** A line that wraps could not be rewritten. */
  private fit(line: string): string {
    const columns = this.options.output.columns ?? 80;
    return line.length < columns ? line : `${line.slice(0, columns - 2)}…`;
  }
}

function bar(fraction: number): string {
  const filled = Math.round(fraction * BAR_WIDTH);
  return `[${"█".repeat(filled)}${"░".repeat(BAR_WIDTH - filled)}]`;
}

/** 950, 12.3k, 2.05M: three digits are enough to watch a number move. */
export function formatCount(value: number): string {
  if (value >= 1e9) return `${(value / 1e9).toPrecision(3)}G`;
  if (value >= 999.5e3) return `${(value / 1e6).toPrecision(3)}M`;
  if (value >= 999.5) return `${(value / 1e3).toPrecision(3)}k`;
  if (value >= 100 || Number.isInteger(value)) return value.toFixed(0);
  return value.toPrecision(2);
}

/** 0.4 s, 12 s, 2m10s, 1h05m */
export function formatDuration(seconds: number): string {
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${String(whole)} s`;
  const minutes = Math.floor(whole / 60);
  const two = (n: number): string => String(n).padStart(2, "0");
  if (minutes < 60) return `${String(minutes)}m${two(whole % 60)}s`;
  return `${String(Math.floor(minutes / 60))}h${two(minutes % 60)}m`;
}
