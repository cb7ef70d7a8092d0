/** Contexts kept back for quizzes: some that fire, some proven silent. */
export { describeQuiz } from "./describe-quiz";
export { excerptAt, type Excerpt } from "./excerpt";
export { firingContexts, PER_FIFTH } from "./firing-contexts";
export { nearMisses, PER_REASON, type NearMissRequest } from "./near-misses";
export { POOL_SIZE, QuizPool } from "./quiz-pool";
