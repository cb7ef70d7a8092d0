import {
  UNREAD_MAX,
  type MentionPage,
  type MentionsStanding,
} from "#lib/contract/index";
import { mentionsAfter, mentionsOf, mentionsSeen } from "#lib/db/index";
import { markMentionsSeen } from "#lib/labels/index";
import type { Actor } from "#lib/policy";
import { hiddenPlaces } from "./blind";
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
  const page = rows.slice(0, limit);
  const hidden = hiddenPlaces(actor);
  const shown = page.filter((comment) => !hidden(comment));
  return {
    mentions: presentComments(shown).map((comment, i) => ({
      ...comment,
      sae: saeIdOf(shown[i]!.saeHash),
    })),
    nextCursor: rows.length > limit ? String(page.at(-1)!.id) : null,
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

function standingOf(actor: Actor): MentionsStanding {
  const seen = mentionsSeen(labels(), actor.id);
  const hidden = hiddenPlaces(actor);
  const unread = mentionsAfter(labels(), actor.id, seen, UNREAD_MAX);
  return { seen, unread: unread.filter((place) => !hidden(place)).length };
}
