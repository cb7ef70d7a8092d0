/**
 * The rules of labelling: who may change what, and what happens when two
 * people change the same thing. In words in docs/labels.md. Texts and names
 * come in checked (lib/contract); every change is an event (lib/db/events).
 */
export {
  commentOf,
  deleteComment,
  editComment,
  markMentionsSeen,
  postComment,
  restoreComment,
  type NewComment,
} from "./comments";
export { blindfold, HIDES_NOTHING, isBlind, type Hides } from "./blind";
export { commitAt, type LabelDesk, type Place } from "./desk";
export {
  createLabel,
  deleteLabel,
  editLabel,
  labelHistory,
  labelOf,
  restoreLabel,
  revertLabel,
  type LabelEdit,
} from "./labels";
export {
  addToList,
  createList,
  describeList,
  LIST_MAX,
  listOf,
  moveInList,
  removeFromList,
  setBookmark,
  setListDeleted,
  type ListMove,
} from "./lists";
export { namesMentioned } from "./mentions";
export { acceptMove, rejectMove, reopenMove, type ProposedMove } from "./moves";
export {
  clearFlag,
  setFlag,
  setRubric,
  type NewFlag,
  type Rubric,
} from "./opinions";
export {
  nextInQueue,
  renewLeases,
  type Handed,
  type QueueAsk,
  type QueueDesk,
} from "./queue";
export {
  assignFeatures,
  ASSIGNMENT_MAX,
  endAssignment,
  setQueue,
  skipFeature,
  unskipFeature,
  type NewAssignment,
} from "./queue-commands";
export { queueProgress, type QueueProgress } from "./queue-progress";
export { drawQuiz, QUIZ_SIZE } from "./draw-quiz";
export {
  answerQuiz,
  handOutQuiz,
  ownQuiz,
  putQuizAside,
  QUIZ_MINUTES,
  type QuizRequest,
} from "./quizzes";
export { textDiff, type DiffPart } from "./text-diff";
export { acceptLabel, voteOnLabel, type Vote } from "./votes";
