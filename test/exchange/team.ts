import { join } from "node:path";
import { writeFileSync } from "node:fs";
import type { ImportReport } from "#lib/contract/index";
import { labelDatabase, type LabelDatabase } from "#lib/db/index";
import {
  exportText,
  importFile,
  type ExportOptions,
  type ImportOptions,
} from "#lib/exchange/index";
import {
  acceptLabel,
  addToList,
  answerQuiz,
  createLabel,
  createList,
  deleteComment,
  deleteLabel,
  editComment,
  editLabel,
  handOutQuiz,
  postComment,
  setBookmark,
  setFlag,
  setRubric,
  voteOnLabel,
  type LabelDesk,
} from "#lib/labels/index";
import { Rng } from "#lib/random";
import { as, AT_7, newDesk, SAE, said } from "#test/labels/desk";
import { kept } from "#test/labels/quiz-record";

export const known = { saeHash: SAE, dSae: 100 };

/** A database in which a small team has said something of every kind. */
export function talkedOver(folder: string): LabelDatabase {
  const ada = newDesk(folder);
  const bo = as(ada, "Bo");
  const mona = as(ada, "Mona", "maintainer");
  const formula = createLabel(ada, AT_7, {
    text: '=HYPERLINK("http://evil.example";"click")',
    note: 'two\nlines, and "quotes"',
    confidence: "high",
    tags: ["a; b", "plain"],
  });
  const whale = createLabel(bo, AT_7, said("whales, mostly – Κήτη 🐋"));
  editLabel(mona, whale.id, { version: 1, text: "whales", minor: true });
  voteOnLabel(bo, formula.id, { value: -1, version: 1 });
  voteOnLabel(ada, whale.id, { value: 1, version: 2 });
  acceptLabel(mona, whale.id, { accepted: true, version: 2 });
  const gone = createLabel(ada, AT_7, said("a mistake"));
  deleteLabel(ada, gone.id, { version: 1 });
  const first = postComment(ada, AT_7, {
    text: "@Bo why?\n-- Ada",
    label: whale.id,
    parent: null,
  });
  postComment(bo, AT_7, { text: "because", label: null, parent: first.id });
  const regretted = postComment(bo, AT_7, {
    text: "never mind",
    label: gone.id,
    parent: null,
  });
  deleteComment(bo, regretted.id, { version: 1 });
  editComment(ada, first.id, { text: "@Bo really?", version: 1 });
  setRubric(ada, AT_7, {
    ...{ confidence: 2, activations: 3, logits: null, specificity: 0 },
    ...{ monosemantic: false, breaksAt: 1 },
  });
  const at = (feature: number) => ({ saeHash: SAE, feature });
  setFlag(mona, at(8), {
    flag: "uninterpretable",
    duplicateOf: null,
    note: null,
  });
  setFlag(bo, at(9), { flag: "duplicate", duplicateOf: 7, note: "same as 7" });
  answerAQuiz(as(ada, "Cy"), formula.id);
  const list = createList(ada, { name: "+ sea", description: "" });
  addToList(ada, list.id, [
    { ...at(9), note: null },
    { ...AT_7, note: "@ first" },
  ]);
  createList(bo, { name: "empty", description: "nothing yet" });
  setBookmark(ada, AT_7, true);
  return ada.db;
}

/** A quiz about a label, handed out and answered. */
function answerAQuiz(desk: LabelDesk, label: number): void {
  const quiz = handOutQuiz(desk, {
    saeHash: SAE,
    contextsOf: () => kept(),
    from: 0,
    rng: new Rng(1),
    newId: () => `quiz-${label}`,
    label,
  });
  answerQuiz(desk, quiz!.id, [0, 1, 2]);
}

/** What an export of everything writes. */
export async function exported(
  db: LabelDatabase,
  options: Partial<ExportOptions> = {},
): Promise<string> {
  let text = "";
  for await (const piece of exportText(db.$client.name, {
    format: "jsonl",
    saeName: () => "small",
    source: { modelId: "gpt2-small", layer: "6-res-x" },
    ...options,
  })) {
    text += piece;
  }
  return text;
}

export const emptyDatabase = (folder: string): LabelDatabase =>
  newDesk(folder).db;

let files = 0;

/** Imports a text or bytes. */
export function imported(
  db: LabelDatabase,
  folder: string,
  contents: string | Uint8Array,
  options: Partial<ImportOptions> = {},
): Promise<ImportReport> {
  const file = join(folder, `import-${files++}`);
  writeFileSync(file, contents);
  return importFile(labelDatabase(db.$client.name), file, {
    actor: { id: "mona", name: "Mona", role: "maintainer", scopes: null },
    now: () => new Date("2026-02-01T00:00:00Z"),
    findSae: (hash, name) =>
      hash === SAE || (hash === undefined && name === "small")
        ? known
        : undefined,
    ...options,
  });
}
