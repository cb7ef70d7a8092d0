/**
 * The rules of labelling: who may change what, and what happens when two
 * people change the same label. Texts and names come in checked (lib/contract).
 */
export {
  createLabel,
  deleteLabel,
  editLabel,
  labelHistory,
  restoreLabel,
  type LabelDesk,
  type LabelEdit,
  type NewLabel,
} from "./labels";
