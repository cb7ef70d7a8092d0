import type { z } from "zod";
import type {
  acceptedMovesSchema,
  acceptMovesSchema,
  decidedMoveSchema,
  decideMoveSchema,
  Move,
  movePageSchema,
  MovesQuery,
  MoveStateName,
} from "#lib/contract/index";
import {
  featureState,
  findMove,
  shownLabelsAfter,
  type MatchReader,
  type MoveRow,
} from "#lib/db/index";
import { AppError } from "#lib/errors";
import {
  acceptMove,
  labelOf,
  rejectMove,
  reopenMove,
  type ProposedMove,
} from "#lib/labels/index";
import type { Actor } from "#lib/policy";
import { assertSeen, hiddenFrom } from "./blind";
import { currentMatch } from "./compare";
import { labels, readerOf } from "./databases";
import { featureRow } from "./features";
import { deskOf, type Asked } from "./label-desk";
import { peopleOf } from "./people-names";
import { numberFrom } from "./route-params";
import { saeIdOf } from "./saes-by-hash";

/** Labels looked at for one page, however few of them are shown. */
const LOOKED_AT = 2000;
/** Labels taken over by one request. */
const AT_ONCE = 100;

/**
 * One page of the labels of SAE `from` with the features of this one they may
 * be true of, by the number of the feature they come from.
 *
 * @throws AppError "not_found" when the two are not matched yet.
 */
export function listMoves(
  saeId: string,
  query: MovesQuery,
  viewer: Actor,
): z.output<typeof movePageSchema> {
  const hides = hiddenFrom(viewer, readerOf(saeId).manifest.saeHash);
  const { found, nextCursor } = collect(
    saeId,
    query,
    query.limit,
    viewer,
    (given) => (given.state === query.state ? given : undefined),
  );
  const rows = readerOf(saeId).rows(found.map(({ target }) => target.feature));
  const origins = found.map(({ origin }) => labelOf({ db: labels() }, origin));
  const person = peopleOf(origins.map(({ author }) => author));
  return {
    moves: found.flatMap((move, i): Move[] => {
      const row = rows.get(move.target.feature);
      if (!row) return [];
      const { id, feature, text, note, author, up, down } = origins[i]!;
      return [
        {
          origin: { id, feature, text, note, author: person(author), up, down },
          target: featureRow(row, hides),
          cosine: move.cosine,
          mutual: move.mutual,
          state: move.state,
          label: move.decided?.labelId ?? null,
        },
      ];
    }),
    nextCursor,
  };
}

/** Takes a label over, says that it is not true here, or neither. */
export function decideMove(
  asked: Asked,
  saeId: string,
  { origin, decision }: z.output<typeof decideMoveSchema>,
): z.output<typeof decidedMoveSchema> {
  const desk = deskOf(asked);
  const { saeHash } = readerOf(saeId).manifest;
  if (decision === "open") {
    reopenMove(desk, origin, saeHash);
    return { state: "open", label: null };
  }
  const label = labelOf(desk, origin);
  assertSeen(asked.actor, "label", label);
  const from = saeIdOf(label.saeHash);
  if (from === null) {
    throw new AppError("not_found", "The SAE of this label is not here.");
  }
  const match = matchOf(saeId, from);
  const move = proposal(match, label.saeHash, label, saeHash);
  if (decision === "rejected") {
    rejectMove(desk, move);
    return { state: "rejected", label: null };
  }
  return { state: "accepted", label: acceptMove(desk, move).id };
}

/**
 * Takes over what is at least so near, each the other's nearest, and to a
 * feature that has no label yet: some at a time, so that nobody waits long.
 */
export function acceptMoves(
  asked: Asked,
  saeId: string,
  { from, threshold, cursor }: z.output<typeof acceptMovesSchema>,
): z.output<typeof acceptedMovesSchema> {
  const { db, now, actor } = deskOf(asked);
  const query = { from, threshold, mutual: true, cursor };
  const { found, nextCursor } = collect(saeId, query, AT_ONCE, actor, (move) =>
    move.state === "open" ? move : undefined,
  );
  let accepted = 0;
  for (const move of found) {
    const { saeHash, feature } = move.target;
    if (featureState(db, saeHash, feature).labelCount > 0) continue;
    // Each by itself: what one request did not reach, the next one does.
    acceptMove({ db, now, actor }, move);
    accepted++;
  }
  return { accepted, left: found.length - accepted, nextCursor };
}

type Found = ProposedMove & {
  state: MoveStateName;
  decided: MoveRow | undefined;
};

/**
 * Proposals that `choose` takes, until there are enough or much was seen; none
 * of labels that the viewer must not see.
 */
function collect(
  saeId: string,
  query: Pick<MovesQuery, "from" | "threshold" | "mutual" | "cursor">,
  limit: number,
  viewer: Actor,
  choose: (move: Found) => Found | undefined,
): { found: Found[]; nextCursor: string | null } {
  const match = matchOf(saeId, query.from);
  const { saeHash } = readerOf(saeId).manifest;
  const { saeHash: fromHash } = readerOf(query.from).manifest;
  const after = numberFrom(query.cursor, -1);
  const seen = shownLabelsAfter(labels(), fromHash, after, LOOKED_AT);
  const hides = hiddenFrom(viewer, fromHash);
  const found: Found[] = [];
  for (const { feature, label } of seen) {
    if (hides(feature)) continue;
    const place = { saeHash: fromHash, feature };
    const move = proposal(match, fromHash, { id: label, ...place }, saeHash);
    if (move.cosine < query.threshold) continue;
    if (query.mutual && !move.mutual) continue;
    const decided = findMove(labels(), saeHash, label);
    const state =
      decided === undefined
        ? "open"
        : decided.labelId === null
          ? "rejected"
          : "accepted";
    const chosen = choose({ ...move, state, decided });
    if (chosen) found.push(chosen);
    if (found.length === limit) {
      const isLast = feature === seen.at(-1)!.feature;
      const done = isLast && seen.length < LOOKED_AT;
      return { found, nextCursor: done ? null : String(feature) };
    }
  }
  const more = seen.length === LOOKED_AT;
  return { found, nextCursor: more ? String(seen.at(-1)!.feature) : null };
}

function proposal(
  match: MatchReader,
  fromHash: string,
  { id, feature }: { id: number; feature: number },
  saeHash: string,
): ProposedMove {
  const row = match.row(fromHash, feature);
  if (!row) {
    throw new AppError("not_found", `Feature ${feature} has no match.`);
  }
  const { best, cosine, mutual } = row;
  return { origin: id, target: { saeHash, feature: best }, cosine, mutual };
}

/** @throws AppError "not_found" when the two are not matched yet. */
function matchOf(saeId: string, from: string): MatchReader {
  const match = currentMatch({ a: from, b: saeId });
  if (match) return match;
  throw new AppError(
    "not_found",
    `${from} and ${saeId} have not been matched yet; open their comparison, or run \`npm run match\`.`,
  );
}
