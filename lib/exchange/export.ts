import { setImmediate } from "node:timers/promises";
import {
  commentsOfFeature,
  eventsOfFeature,
  findList,
  flagsOf,
  labelledFeaturesAfter,
  labelledSaes,
  labelsOfFeature,
  LIST_START,
  listEventsAfter,
  listItemsAfter,
  namesOf,
  quizAnswersOf,
  rubricsOf,
  votesOfFeature,
  type LabelDatabase,
  type ListItemRow,
} from "#lib/db/index";
import { eventIds } from "./event-ids";
import type { WrittenRow } from "./row";

/** Read at a time. */
const PAGE = 200;
/** Of a limit: none. */
const ALL = -1;

export interface ExportScope {
  /** Only this SAE's, and of lists only its features; undefined: everything. */
  saeHash?: string | undefined;
  /** What people call an SAE; null when no SAE here has this content. */
  saeName: (saeHash: string) => string | null;
  /** Whether quiz answers say which contexts they were about; they do. */
  contexts?: boolean | undefined;
  /** Features that are left out: who asks must not see what others say yet. */
  hides?:
    ((place: { saeHash: string; feature: number }) => boolean) | undefined;
}

/**
 * Everything people said, a row at a time and in an order that can be read
 * again: labels before their votes, lists before their items. Bookmarks are
 * left out, as they are nobody else's business; so is what was deleted.
 */
export async function* exportRows(
  db: LabelDatabase,
  scope: ExportScope,
): AsyncGenerator<WrittenRow> {
  const hashes =
    scope.saeHash === undefined ? labelledSaes(db) : [scope.saeHash];
  const nameOf = personNames(db);
  for (const saeHash of hashes) {
    const sae = { sae: scope.saeName(saeHash), saeHash };
    let after = -1;
    for (;;) {
      const features = labelledFeaturesAfter(db, saeHash, after, PAGE);
      for (const feature of features) {
        if (scope.hides?.({ saeHash, feature }) === true) continue;
        const place = { ...sae, feature };
        yield* featureRows(db, place, nameOf, scope.contexts ?? true);
      }
      after = features.at(-1) ?? after;
      if (features.length < PAGE) break;
      // Others want to be served too.
      await setImmediate();
    }
  }
  yield* listRows(db, scope, nameOf);
}

type NameOf = (person: string) => string;

/** People's names, each asked for once. */
function personNames(db: LabelDatabase): NameOf {
  const known = new Map<string, string>();
  return (person) => {
    let name = known.get(person);
    if (name === undefined) {
      name = namesOf(db, [person]).get(person) ?? person;
      known.set(person, name);
    }
    return name;
  };
}

interface NamedPlace {
  sae: string | null;
  saeHash: string;
  feature: number;
}

function* featureRows(
  db: LabelDatabase,
  place: NamedPlace,
  nameOf: NameOf,
  withContexts: boolean,
): Generator<WrittenRow> {
  const { saeHash, feature } = place;
  const ids = eventIds(eventsOfFeature(db, saeHash, feature));
  const labels = labelsOfFeature(db, saeHash, feature).reverse();
  const texts = new Map(labels.map(({ id, text }) => [id, text]));
  for (const label of labels) {
    yield {
      type: "label",
      id: ids.label(label.id),
      ...place,
      text: label.text,
      note: label.note,
      confidence: label.confidence,
      tags: label.tags,
      author: nameOf(label.author),
      createdAt: label.createdAt,
      editor: nameOf(label.editor),
      updatedAt: label.updatedAt,
      acceptedBy: label.acceptedBy === null ? null : nameOf(label.acceptedBy),
    };
  }
  const votes = votesOfFeature(db, saeHash, feature).map(
    ({ label, person, value, at }): WrittenRow => ({
      type: "vote",
      id: ids.vote(label, person),
      ...place,
      label: ids.label(label),
      value,
      text: texts.get(label)!,
      author: nameOf(person),
      createdAt: at,
    }),
  );
  yield* votes.sort(byId);
  yield* commentRows(db, place, ids, texts, nameOf);
  const rubrics = rubricsOf(db, saeHash, feature, ALL).map(
    ({ person, at, ...marks }): WrittenRow => ({
      type: "rubric",
      id: ids.rubric(person),
      ...place,
      ...marks,
      author: nameOf(person),
      createdAt: at,
    }),
  );
  yield* rubrics.sort(byId);
  const flags = flagsOf(db, saeHash, feature, ALL).map(
    ({ person, at, ...said }): WrittenRow => ({
      type: "flag",
      id: ids.flag(said.flag, person),
      ...place,
      ...said,
      author: nameOf(person),
      createdAt: at,
    }),
  );
  yield* flags.sort(byId);
  const answers = quizAnswersOf(db, saeHash, feature).map(
    ({ label, person, at, contexts, ...counts }): WrittenRow => ({
      type: "quiz",
      id: ids.quiz(label, person),
      ...place,
      label: ids.label(label),
      text: texts.get(label)!,
      ...counts,
      contexts: withContexts ? contexts.split(" ") : [],
      author: nameOf(person),
      createdAt: at,
    }),
  );
  yield* answers.sort(byId);
}

/** Numbers of people and labels differ elsewhere; these stay. */
const byId = (a: WrittenRow, b: WrittenRow) => (a.id < b.id ? -1 : 1);

function* commentRows(
  db: LabelDatabase,
  place: NamedPlace,
  ids: ReturnType<typeof eventIds>,
  labels: ReadonlyMap<number, string>,
  nameOf: NameOf,
): Generator<WrittenRow> {
  const { saeHash, feature } = place;
  let after = 0;
  for (;;) {
    const page = commentsOfFeature(db, saeHash, feature, after, PAGE);
    for (const comment of page) {
      const { labelId, parent } = comment;
      const deleted = comment.deletedAt !== null;
      yield {
        type: "comment",
        id: ids.comment(comment.id),
        ...place,
        // Of a deleted label the comment is on the feature.
        label:
          labelId !== null && labels.has(labelId) ? ids.label(labelId) : null,
        parent: parent === null ? null : ids.comment(parent),
        text: deleted ? "" : comment.text,
        author: nameOf(comment.author),
        createdAt: comment.createdAt,
        updatedAt: comment.updatedAt,
        deleted,
      };
    }
    after = page.at(-1)?.id ?? after;
    if (page.length < PAGE) return;
  }
}

function* listRows(
  db: LabelDatabase,
  { saeHash, saeName, hides }: ExportScope,
  nameOf: NameOf,
): Generator<WrittenRow> {
  let after = 0;
  for (;;) {
    const made = listEventsAfter(db, after, PAGE);
    for (const { id, list: number } of made) {
      const list = findList(db, number);
      if (list?.deletedAt !== null) continue;
      const items = itemsOf(db, number, saeHash);
      const first = items.next();
      // Of one SAE: lists with nothing of it are left out.
      if (first.done === true && saeHash !== undefined) continue;
      yield {
        type: "list",
        id,
        name: list.name,
        description: list.description,
        author: nameOf(list.owner),
        createdAt: list.createdAt,
      };
      for (let item = first; item.done !== true; item = items.next()) {
        const { value } = item;
        if (hides?.(value) === true) continue;
        const events = eventsOfFeature(db, value.saeHash, value.feature);
        yield {
          type: "listItem",
          id: eventIds(events).listItem(number),
          sae: saeName(value.saeHash),
          saeHash: value.saeHash,
          feature: value.feature,
          list: id,
          note: value.note,
          author: nameOf(value.addedBy),
          createdAt: value.addedAt,
        };
      }
    }
    after = made.at(-1)?.seq ?? after;
    if (made.length < PAGE) return;
  }
}

function* itemsOf(
  db: LabelDatabase,
  list: number,
  saeHash: string | undefined,
): Generator<ListItemRow, undefined> {
  let after = LIST_START;
  for (;;) {
    const page = listItemsAfter(db, list, after, PAGE);
    for (const item of page) {
      if (saeHash === undefined || item.saeHash === saeHash) yield item;
    }
    after = page.at(-1) ?? after;
    if (page.length < PAGE) return undefined;
  }
}
