import { EventTail, Presence, type StoredEvent } from "#lib/db/index";
import { labelFile, liveFile } from "./paths";

/** Somebody who wants to be told. */
export interface Listener {
  /** Events, oldest first; undefined: too many, or undone: look anew. */
  onEvents(events: readonly StoredEvent[] | undefined, last: number): void;
  /** Perhaps somebody came or left. */
  onPresence(): void;
  /** Every few seconds. */
  onHeartbeat(): void;
}

const POLL_MS = 150;
const HEARTBEAT_MS = 5000;
/** Presence ends by itself, without anybody writing; looked at this often. */
const PRESENCE_EVERY_MS = 2000;

/**
 * One a process: looks for news in the databases and tells all open streams,
 * so that a hundred of them cost what one does.
 */
class LiveHub {
  tail = new EventTail(labelFile());
  readonly presence = new Presence(liveFile());
  private readonly listeners = new Set<Listener>();
  private readonly poll = setInterval(() => {
    this.look();
  }, POLL_MS);
  private heartbeatAt = Date.now();
  private presenceAt = Date.now();

  add(listener: Listener): void {
    this.listeners.add(listener);
  }

  /** The last one to go closes the hub. */
  remove(listener: Listener): void {
    if (!this.listeners.delete(listener) || this.listeners.size > 0) return;
    clearInterval(this.poll);
    this.tail.close();
    this.presence.close();
    if (shared[KEY] === this) shared[KEY] = undefined;
  }

  /** Somebody of this process came or left. */
  presenceChanged(): void {
    this.presenceAt = Date.now();
    this.tell((listener) => {
      listener.onPresence();
    });
  }

  private look(): void {
    try {
      const news = this.tail.poll();
      if (news) {
        const events = news.reset ? undefined : news.events;
        this.tell((listener) => {
          listener.onEvents(events, news.last);
        });
      }
      const now = Date.now();
      const late = now - this.presenceAt > PRESENCE_EVERY_MS;
      if (late && this.tail.replaced) this.reopen();
      if (this.presence.changedElsewhere() || late) this.presenceChanged();
      if (now - this.heartbeatAt > HEARTBEAT_MS) {
        this.heartbeatAt = now;
        this.tell((listener) => {
          listener.onHeartbeat();
        });
      }
    } catch (error) {
      // Busy or being restored: there is another look in a moment.
      console.error("live", error);
    }
  }

  /** The database was put in place anew: nothing of before holds. */
  private reopen(): void {
    const tail = new EventTail(labelFile());
    this.tail.close();
    this.tail = tail;
    this.tell((listener) => {
      listener.onEvents(undefined, tail.last);
    });
  }

  private tell(say: (listener: Listener) => void): void {
    for (const listener of [...this.listeners]) say(listener);
  }
}

/* On globalThis: see lib/db/connections.ts. */
const KEY = Symbol.for("monolex.live");
const shared = globalThis as { [KEY]?: LiveHub | undefined };

/** The hub, opened with its first listener. */
export function liveHub(): LiveHub {
  return (shared[KEY] ??= new LiveHub());
}
