import { addPlaceholder, peopleNamed, type LabelDatabase } from "#lib/db/index";
import { AppError } from "#lib/errors";

/** People a file may bring that nobody here knows. */
export const MAX_NEW_PEOPLE = 1000;

/**
 * Who the authors in a file are here: the person of exactly that name, else a
 * name that somebody may claim one day (an invitation lets them).
 */
export class Authors {
  private readonly ids = new Map<string, string>();
  /** Names that were not known here. */
  readonly fresh: string[] = [];
  /** Names that were. */
  readonly known: string[] = [];

  constructor(
    private readonly db: LabelDatabase,
    /** Who brings the file: the author of rows that name none. */
    private readonly importer: string,
  ) {}

  /** @throws AppError "too_large" when the file brings too many. */
  idOf(name: string | undefined, at: string): string {
    if (name === undefined) return this.importer;
    const before = this.ids.get(name);
    if (before !== undefined) return before;
    const isKnown = peopleNamed(this.db, [name]).length > 0;
    if (!isKnown && this.fresh.length >= MAX_NEW_PEOPLE) {
      throw new AppError(
        "too_large",
        `The file names more than ${MAX_NEW_PEOPLE} people who are not known here.`,
      );
    }
    const { id } = addPlaceholder(this.db, name, at);
    (isKnown ? this.known : this.fresh).push(name);
    this.ids.set(name, id);
    return id;
  }

  /** Does what may fail; who came by it is forgotten if it does. */
  trying<T>(work: () => T): T {
    const [fresh, known] = [this.fresh.length, this.known.length];
    try {
      return work();
    } catch (error) {
      const names = [...this.fresh.splice(fresh), ...this.known.splice(known)];
      for (const name of names) this.ids.delete(name);
      throw error;
    }
  }
}
