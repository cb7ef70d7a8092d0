import type { Handed } from "#lib/contract/index";

/** How a page asks for features and keeps them. */
export interface QueueDoor {
  take(holding: number[]): Promise<Handed>;
  keep(holding: number[]): Promise<number[]>;
  leave(): void;
}

/** What a page of the queue has in hand. */
export interface InHand {
  /** Undefined: being asked for; null: nothing is left. */
  current: Handed | undefined;
  /** The one after it, so that it is there at once. */
  next: Handed | undefined;
  /** Somebody else has the current one by now: it was held for too long. */
  lost: boolean;
  /** Why nothing could be taken. */
  problem: string | null;
}

/** Leases end a minute after they were renewed; hidden pages are slow. */
const RENEW_MS = 20_000;

const NOTHING: InHand = {
  current: undefined,
  next: undefined,
  lost: false,
  problem: null,
};

/**
 * The feature one works on and the next one, taken from the queue ahead of
 * time. Requests go one after another, and each says all that is in hand: what
 * an answer that never came had given is given back by the next.
 */
export class QueueHand {
  private state = NOTHING;
  private readonly listeners = new Set<() => void>();
  private readonly saving = new Map<number, number>();
  private requests = Promise.resolve();
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly door: QueueDoor) {}

  readonly now = (): InHand => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  start(): void {
    this.timer ??= setInterval(() => {
      this.renew();
    }, RENEW_MS);
    this.fill();
  }

  /** Gives everything back. */
  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
    this.set(NOTHING);
    this.door.leave();
  }

  /** On to the next feature. */
  advance(): void {
    const { next } = this.state;
    this.set({ ...NOTHING, current: next });
    this.fill();
  }

  /** Back to a feature one had; the present one comes after it. */
  back(feature: number): void {
    const { current } = this.state;
    if (current?.feature === feature) return;
    const until = new Date().toISOString();
    this.set({
      ...NOTHING,
      current: { feature, until, assigned: false },
      next: current ?? undefined,
    });
    this.renew();
    this.fill();
  }

  /** Holds on to a feature until what was said of it is saved. */
  async holdWhile<T>(feature: number, save: Promise<T>): Promise<T> {
    this.saving.set(feature, (this.saving.get(feature) ?? 0) + 1);
    try {
      return await save;
    } finally {
      const left = this.saving.get(feature)! - 1;
      if (left > 0) this.saving.set(feature, left);
      else this.saving.delete(feature);
    }
  }

  /** Looks again when nothing was left or nothing could be asked. */
  readonly retry = (): void => {
    const { current, next } = this.state;
    this.set({
      ...this.state,
      problem: null,
      current: current ?? undefined,
      next: next ?? undefined,
    });
    this.fill();
  };

  readonly renew = (): void => {
    this.queue(async () => {
      const held = await this.door.keep(this.holding());
      const { current, next } = this.state;
      this.set({
        ...this.state,
        lost: current ? !held.includes(current.feature) : false,
        next: next && !held.includes(next.feature) ? undefined : next,
      });
    });
    this.fill();
  };

  /** Takes what is missing. */
  private fill(): void {
    this.queue(async () => {
      if (this.state.current !== undefined || this.timer === undefined) return;
      const current = await this.door.take(this.holding());
      this.set({ ...this.state, current, problem: null });
    });
    this.queue(async () => {
      const { current, next } = this.state;
      if (!current || next !== undefined || this.timer === undefined) return;
      const after = await this.door.take(this.holding());
      this.set({ ...this.state, next: after, problem: null });
    });
  }

  private holding(): number[] {
    const { current, next } = this.state;
    const held = [current, next].flatMap((hand) =>
      hand ? [hand.feature] : [],
    );
    return [...new Set([...held, ...this.saving.keys()])].slice(0, 8);
  }

  private queue(request: () => Promise<void>): void {
    this.requests = this.requests.then(request).catch((error: unknown) => {
      const problem = error instanceof Error ? error.message : String(error);
      this.set({ ...this.state, problem });
    });
  }

  private set(state: InHand): void {
    this.state = state;
    for (const listener of this.listeners) listener();
  }
}
