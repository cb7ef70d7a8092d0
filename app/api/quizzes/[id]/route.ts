import { quizStateSchema } from "#lib/contract/index";
import { getQuiz, skipQuiz } from "#app/_server/quizzes";
import { route } from "#app/_server/route";
import { quizParams } from "#app/_server/route-params";

export const GET = route(
  {
    summary:
      "A quiz of one's own; with the truth once it was answered, not before.",
    params: quizParams,
    response: quizStateSchema,
  },
  ({ params, actor }) => getQuiz(actor, params.id),
);

export const DELETE = route(
  {
    summary: "Puts a quiz aside unanswered; its contexts do not come again.",
    may: "quiz.answer",
    params: quizParams,
    response: quizStateSchema,
  },
  ({ params, ...asked }) => skipQuiz(asked, params.id),
);
