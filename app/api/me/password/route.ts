import { changePasswordSchema, doneSchema } from "#lib/contract/index";
import { setOwnPassword } from "#app/_server/account";
import { route } from "#app/_server/route";

export const PUT = route(
  {
    summary:
      "Changes one's own password. All sessions end; this one goes on as a new one.",
    example: {
      body: { current: "the old four words", next: "the new four words" },
    },
    body: changePasswordSchema,
    response: doneSchema,
    may: "account",
  },
  ({ request, actor, body, headers }) =>
    setOwnPassword(request, actor, body, headers),
);
