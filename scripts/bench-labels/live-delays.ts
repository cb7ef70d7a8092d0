/** When writes were acknowledged and when each listener heard of them. */
export class LiveDelays {
  private readonly acknowledgedAt = new Map<string, number>();
  private readonly heardAt: Map<string, number>[] = [];

  acknowledged(key: string): void {
    this.acknowledgedAt.set(key, performance.now());
  }

  /** A new listener's ear. */
  listener(): (key: string) => void {
    const heard = new Map<string, number>();
    this.heardAt.push(heard);
    return (key) => {
      // Again after a reconnection is not sooner.
      if (!heard.has(key)) heard.set(key, performance.now());
    };
  }

  /** From acknowledgement to event; what was heard before it counts as 0. */
  summary(): { milliseconds: number[]; unheard: number } {
    const milliseconds: number[] = [];
    let unheard = 0;
    for (const heard of this.heardAt) {
      for (const [key, at] of this.acknowledgedAt) {
        const then = heard.get(key);
        if (then === undefined) unheard++;
        else milliseconds.push(Math.max(0, then - at));
      }
    }
    return { milliseconds, unheard };
  }
}
