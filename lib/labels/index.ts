/**
 * The rules of labelling: who may change what, and what happens when two
 * people change the same thing. In words in docs/labels.md. Texts and names
 * come in checked (lib/contract); every change is an event (lib/db/events).
 */
export {
  commentOf,
  deleteComment,
  editComment,
  postComment,
  restoreComment,
  type NewComment,
} from "./comments";
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
export {
  clearFlag,
  setFlag,
  setRubric,
  type NewFlag,
  type Rubric,
} from "./opinions";
export { textDiff, type DiffPart } from "./text-diff";
export { acceptLabel, voteOnLabel, type Vote } from "./votes";
