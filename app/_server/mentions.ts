import {
  UNREAD_MAX,
  type MentionPage,
  type MentionsStanding,
} from "#lib/contract/index";
import { countMentions, mentionsOf, mentionsSeen } from "#lib/db/index";
import { markMentionsSeen } from "#lib/labels/index";
import type { Actor } from "#lib/policy";
import { presentComments } from "./comments";
import { labels } from "./databases";
import { deskOf, type Asked } from "./label-desk";
import { numberFrom } from "./route-params";
import { saeIdOf } from "./saes-by-hash";

/** Comments that name the person who asks, newest first. */
export function myMentions(
  actor: Actor,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): MentionPage {
  const before = numberFrom(cursor, Number.MAX_SAFE_INTEGER);
  const rows = mentionsOf(labels(), actor.id, before, limit + 1);
  const shown = rows.slice(0, limit);
  return {
    mentions: presentComments(shown).map((comment, i) => ({
      ...comment,
      sae: saeIdOf(shown[i]!.saeHash),
    })),
    nextCursor: rows.length > limit ? String(shown.at(-1)!.id) : null,
    ...standingOf(actor),
  };
}

/** They have seen them up to this comment. */
export function seeMentions(
  asked: Asked,
  { seen }: { seen: number },
): MentionsStanding {
  markMentionsSeen(deskOf(asked), seen);
  return standingOf(asked.actor);
}

function standingOf({ id }: Actor): MentionsStanding {
  const seen = mentionsSeen(labels(), id);
  return { seen, unread: countMentions(labels(), id, seen, UNREAD_MAX) };
}
