import { handedQuizSchema, quizRequestSchema } from "#lib/contract/index";
import { nextQuiz } from "#app/_server/quizzes";
import { route } from "#app/_server/route";
import { saeParams } from "#app/_server/route-params";

export const POST = route(
  {
    summary:
      "Hands out a quiz about a label: in which of ten contexts does the feature fire? One that was left open is handed out again.",
    may: "quiz.answer",
    params: saeParams,
    body: quizRequestSchema,
    response: handedQuizSchema,
    example: { body: {} },
  },
  ({ params, body, ...asked }) => nextQuiz(asked, params.sae, body.label),
);
