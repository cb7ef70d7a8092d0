import type { Database } from "better-sqlite3";
import { toBlob } from "#lib/db/blobs";

/** Entries of all features: a token, the feature's number, a value. */
class Entries {
  private size = 0;
  private tokens = new Uint16Array(1024);
  private features = new Uint32Array(1024);
  private values = new Float64Array(1024);

  add(token: number, feature: number, value: number): void {
    if (this.size === this.tokens.length) this.grow();
    this.tokens[this.size] = token;
    this.features[this.size] = feature;
    this.values[this.size++] = value;
  }

  /** Each token that has entries, with them by feature, ascending. */
  *byToken(): Generator<{
    token: number;
    features: Uint32Array;
    values: Float64Array;
  }> {
    const { size, tokens, features, values } = this;
    const order = new Uint32Array(size).map((_, i) => i);
    order.sort(
      (a, b) => tokens[a]! - tokens[b]! || features[a]! - features[b]!,
    );
    for (let from = 0; from < size;) {
      const token = tokens[order[from]!]!;
      let to = from;
      while (to < size && tokens[order[to]!] === token) to++;
      const mine = order.subarray(from, to);
      yield {
        token,
        features: Uint32Array.from(mine, (i) => features[i]!),
        values: Float64Array.from(mine, (i) => values[i]!),
      };
      from = to;
    }
  }

  private grow(): void {
    const length = this.size * 2;
    const longer = <T extends { set(from: T): void }>(from: T, to: T): T => {
      to.set(from);
      return to;
    };
    this.tokens = longer(this.tokens, new Uint16Array(length));
    this.features = longer(this.features, new Uint32Array(length));
    this.values = longer(this.values, new Float64Array(length));
  }
}

/** Turns each feature's tokens into each token's features. */
export class TokenLists {
  private readonly firings = new Entries();
  private readonly logits = new Entries();

  /** The feature fires `count` times on the token. */
  addFirings(token: number, feature: number, count: number): void {
    this.firings.add(token, feature, count);
  }

  /** It raises (or lowers) the token's logit by `value`. */
  addLogit(token: number, feature: number, value: number): void {
    this.logits.add(token, feature, value);
  }

  write(db: Database): void {
    const firings = db.prepare("INSERT INTO token_firings VALUES (?, ?, ?)");
    for (const { token, features, values } of this.firings.byToken()) {
      firings.run(token, toBlob(features), toBlob(Uint32Array.from(values)));
    }
    const logits = db.prepare("INSERT INTO token_logits VALUES (?, ?, ?)");
    for (const { token, features, values } of this.logits.byToken()) {
      logits.run(token, toBlob(features), toBlob(Float32Array.from(values)));
    }
  }
}
