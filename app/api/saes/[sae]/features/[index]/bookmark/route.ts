import { bookmarkSchema, setBookmarkSchema } from "#lib/contract/index";
import { setBookmark } from "#lib/labels/index";
import { placeOf } from "#app/_server/databases";
import { deskOf } from "#app/_server/label-desk";
import { route } from "#app/_server/route";
import { featureParams } from "#app/_server/route-params";

export const PUT = route(
  {
    summary:
      "Remembers a feature for oneself, or forgets it; nobody else sees it.",
    may: "bookmark",
    params: featureParams,
    body: setBookmarkSchema,
    response: bookmarkSchema,
    example: { body: { bookmarked: true } },
  },
  ({ params: { sae, index }, body, ...asked }) =>
    setBookmark(deskOf(asked), placeOf(sae, index), body.bookmarked),
);
