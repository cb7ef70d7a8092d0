import { quizAnswerSchema, quizStateSchema } from "#lib/contract/index";
import { submitQuiz } from "#app/_server/quizzes";
import { route } from "#app/_server/route";
import { quizParams } from "#app/_server/route-params";

export const POST = route(
  {
    summary:
      "Answers a quiz, once, by the places of the contexts on which the feature fires; the answer tells the truth.",
    may: "quiz.answer",
    params: quizParams,
    body: quizAnswerSchema,
    response: quizStateSchema,
    example: { body: { marked: [0, 3, 4] } },
  },
  ({ params, body, ...asked }) => submitQuiz(asked, params.id, body.marked),
);
