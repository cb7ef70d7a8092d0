import type { z } from "zod";
import type { AgreementFigure, agreementPageSchema } from "#lib/contract/index";
import {
  agreementBy,
  agreementOf,
  setDistance,
  trigrams,
} from "#lib/agreement";
import {
  JUDGEMENTS_READ,
  lastSeq,
  meaninglessJudgements,
  quizJudgements,
  rubricJudgements,
  voteJudgements,
  wordingJudgements,
} from "#lib/db/index";
import { labels, readerOf } from "./databases";

/** Features whose labels' wording is compared, each with each. */
const WORDINGS = 150;
/** Figures are good for this long, ms, however much is written meanwhile. */
const GOOD_FOR = 30_000;

type Page = z.output<typeof agreementPageSchema>;
interface Known {
  seq: number;
  at: number;
  page: Page;
}
const known = new Map<string, Known>();

/** How far people agree about an SAE's features; see docs/method.md, §8. */
export function getAgreement(saeId: string): Page {
  const { saeHash } = readerOf(saeId).manifest;
  const seq = lastSeq(labels().$client);
  const key = `${labels().$client.name} ${saeHash}`;
  const before = known.get(key);
  const fresh = before && Date.now() - before.at < GOOD_FOR;
  if (before && (fresh || before.seq === seq)) return before.page;
  const page = { agreement: figures(saeHash), readAtMost: JUDGEMENTS_READ };
  known.set(key, { seq, at: Date.now(), page });
  return page;
}

function figures(saeHash: string): AgreementFigure[] {
  const rubrics = rubricJudgements(labels(), saeHash);
  const rubric = (
    name: Rubric,
    metric: "nominal" | "ordinal",
  ): AgreementFigure => {
    const given = rubrics.flatMap((row) => {
      const said = row[name];
      return said === null ? [] : [{ unit: row.feature, said }];
    });
    return { about: name, metric, ...agreementOf(unitsOf(given), metric) };
  };
  const wordings = wordingJudgements(labels(), saeHash);
  // A label says that there is something to say, the flag that there is not.
  const meaning = [
    ...wordings.map((row) => ({ ...row, said: 1 })),
    ...meaninglessJudgements(labels(), saeHash).map((row) => ({
      ...row,
      said: 0,
    })),
  ];
  const nominal = (
    about: AgreementFigure["about"],
    judgements: readonly { unit: unknown; said: number }[],
  ): AgreementFigure => ({
    about,
    metric: "nominal",
    ...agreementOf(unitsOf(judgements), "nominal"),
  });
  return [
    nominal("quiz", quizJudgements(labels(), saeHash)),
    nominal("meaning", onePerPerson(meaning)),
    nominal("votes", voteJudgements(labels(), saeHash)),
    rubric("monosemantic", "nominal"),
    rubric("confidence", "ordinal"),
    rubric("activations", "ordinal"),
    rubric("logits", "ordinal"),
    rubric("specificity", "ordinal"),
    wordingFigure(unitsOf(onePerPerson(wordings))),
  ];
}

type Rubric =
  "monosemantic" | "confidence" | "activations" | "logits" | "specificity";

function wordingFigure(units: string[][]): AgreementFigure {
  const shared = units
    .filter((unit) => unit.length >= 2)
    .slice(0, WORDINGS)
    .map((unit) => unit.map(trigrams));
  return {
    about: "wording",
    metric: "text",
    ...agreementBy(shared, setDistance),
  };
}

/** What was said of each thing. */
function unitsOf<T>(judgements: readonly { unit: unknown; said: T }[]): T[][] {
  const units = new Map<unknown, T[]>();
  for (const { unit, said } of judgements) {
    const unitSaid = units.get(unit);
    if (unitSaid) unitSaid.push(said);
    else units.set(unit, [said]);
  }
  return [...units.values()];
}

/** The last thing each person said of each unit. */
function onePerPerson<J extends { unit: unknown; person: string }>(
  judgements: readonly J[],
): J[] {
  const last = new Map<string, J>();
  for (const judgement of judgements) {
    last.set(`${String(judgement.unit)} ${judgement.person}`, judgement);
  }
  return [...last.values()];
}
