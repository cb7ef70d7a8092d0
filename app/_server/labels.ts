import type { Label, LabelHistory } from "#lib/contract/index";
import { labelsOfFeature, recentLabels, type LabelRow } from "#lib/db/index";
import {
  createLabel,
  deleteLabel,
  editLabel,
  labelHistory,
  restoreLabel,
  type LabelEdit,
} from "#lib/labels/index";
import { assertFeature, labelDesk, labels, readerOf } from "./databases";

/** Labels of a feature, newest first. */
export function featureLabels(saeId: string, feature: number): Label[] {
  const reader = readerOf(saeId);
  assertFeature(reader, feature);
  return labelsOfFeature(labels(), reader.manifest.saeHash, feature).map(label);
}

/** Labels of an SAE written or changed last, newest first. */
export function latestLabels(saeId: string, limit: number): Label[] {
  const { saeHash } = readerOf(saeId).manifest;
  return recentLabels(labels(), saeHash, limit).map(label);
}

export function addLabel(
  saeId: string,
  feature: number,
  written: { text: string; author: string },
): Label {
  const reader = readerOf(saeId);
  assertFeature(reader, feature);
  const { saeHash } = reader.manifest;
  return label(createLabel(labelDesk(), { saeHash, feature, ...written }));
}

export function changeLabel(id: number, edit: LabelEdit): Label {
  return label(editLabel(labelDesk(), id, edit));
}

type By = Pick<LabelEdit, "author" | "version">;

export function removeLabel(id: number, by: By): Label {
  return label(deleteLabel(labelDesk(), id, by));
}

export function bringLabelBack(id: number, by: By): Label {
  return label(restoreLabel(labelDesk(), id, by));
}

export function getLabelHistory(id: number): LabelHistory {
  const { label: row, revisions } = labelHistory(labelDesk(), id);
  return {
    label: { ...label(row), deleted: row.deletedAt !== null },
    revisions: revisions.map(({ version, text, author, at, kind }) => ({
      version,
      text,
      author,
      at,
      kind,
    })),
  };
}

/** A label as it crosses HTTP. */
export function label(row: LabelRow): Label {
  const { id, feature, text, author, createdAt, updatedAt, version } = row;
  return { id, feature, text, author, createdAt, updatedAt, version };
}
