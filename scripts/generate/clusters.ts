import { Rng } from "#lib/random";

/** Features that resemble each other: near on the map, each other's neighbours. */
const SIZE = 200;

/** Which features belong together, and where on the map; all from the seed. */
export class Clusters {
  /** Features, cluster by cluster. */
  private readonly order: Uint32Array;
  private readonly place: Uint32Array;
  private readonly count: number;

  constructor(
    private readonly features: number,
    private readonly seed: number,
  ) {
    this.order = Rng.of(seed, 1).permutation(features);
    this.place = new Uint32Array(features);
    this.order.forEach((feature, at) => {
      this.place[feature] = at;
    });
    this.count = Math.max(1, Math.round(features / SIZE));
  }

  /** The number of a feature's cluster. */
  of(feature: number): number {
    return Math.floor((this.place[feature]! * this.count) / this.features);
  }

  /** Others of the cluster, and of the next where it is small; `count` at most. */
  others(feature: number, count: number): number[] {
    const { order, features } = this;
    const first = Math.ceil((this.of(feature) * features) / this.count);
    const others: number[] = [];
    for (let i = 0; i < features && others.length < count; i++) {
      const other = order[(first + i) % features]!;
      if (other !== feature) others.push(other);
    }
    return others;
  }

  /** x and y in −1 … 1. */
  position(feature: number): [number, number] {
    const centre = disc(Rng.of(this.seed, 2, this.of(feature)), 0.93);
    const own = Rng.of(this.seed, 3, feature);
    return [
      clamp(centre[0] + 0.022 * own.normal()),
      clamp(centre[1] + 0.022 * own.normal()),
    ];
  }
}

function disc(rng: Rng, radius: number): [number, number] {
  const r = radius * Math.sqrt(rng.uniform());
  const angle = 2 * Math.PI * rng.uniform();
  return [r * Math.cos(angle), r * Math.sin(angle)];
}

const clamp = (v: number) => Math.min(1, Math.max(-1, v));
