import { readdirSync } from "node:fs";
import {
  evaluationSchema,
  type SaeDetail,
  type SaeList,
  type SaeSummary,
} from "#lib/contract/index";
import { countLabelledFeatures, type IndexReader } from "#lib/db/index";
import { AppError, systemErrorCode } from "#lib/errors";
import { labels, readerOf } from "./databases";
import { indexFolder } from "./paths";

const EXTENSION = ".sqlite";

/** Every SAE that has an index, by name. */
export function listSaes(): SaeList {
  const list: SaeList = { saes: [], unreadable: [] };
  for (const id of indexedIds()) {
    try {
      list.saes.push(summarise(readerOf(id)));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      list.unreadable.push({ id, message: error.message });
    }
  }
  return list;
}

/** @throws AppError "not_found" for an SAE without an index. */
export function getSae(saeId: string): SaeDetail {
  const reader = readerOf(saeId);
  const { manifest } = reader;
  return {
    ...summarise(reader),
    denseFeatures: reader.dense,
    modelHash: manifest.modelHash,
    corpusHash: manifest.corpusHash,
    contextSize: manifest.contextSize,
    rules: manifest.rules,
    config: manifest.saeConfig,
    training: manifest.training ?? null,
    trainingCurve: manifest.trainingCurve,
    densityHistogram: reader.densities,
    alignment: reader.alignment,
  };
}

/** Ids of the SAEs that have an index, readable or not. */
export function indexedIds(): string[] {
  try {
    return readdirSync(indexFolder())
      .filter((name) => name.endsWith(EXTENSION))
      .map((name) => name.slice(0, -EXTENSION.length))
      .sort();
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return [];
    throw error;
  }
}

function summarise(reader: IndexReader): SaeSummary {
  const { manifest } = reader;
  const evaluation = evaluationSchema.safeParse(manifest.evaluation);
  return {
    id: manifest.saeId,
    hash: manifest.saeHash,
    modelName: manifest.modelName,
    hookName: manifest.hookName,
    architecture: manifest.architecture,
    dIn: manifest.dIn,
    dSae: manifest.dSae,
    k: manifest.k,
    corpusName: manifest.corpusName,
    indexedTokens: manifest.tokens,
    indexedAt: manifest.createdAt,
    liveFeatures: reader.live,
    deadFeatures: reader.densities.dead,
    labelledFeatures: countLabelledFeatures(labels(), manifest.saeHash),
    evaluation: evaluation.success ? evaluation.data : null,
  };
}
