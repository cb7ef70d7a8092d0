import { readdir, stat } from "node:fs/promises";
import { basename, extname, join, resolve } from "node:path";
import { AppError, systemErrorCode } from "#lib/errors";
import type { CorpusDocument, DocumentSource } from "#lib/corpus/document";
import { jsonlDocuments } from "./jsonl-file";
import { parquetDocuments } from "./parquet-file";
import { textDocuments } from "./text-file";

type Reader = (
  file: string,
  label: string,
  field: string,
  onBytes: (bytes: number) => void,
) => AsyncIterable<CorpusDocument>;

const READERS: Readonly<Record<string, Reader>> = {
  ".txt": (file, label, _field, onBytes) => textDocuments(file, label, onBytes),
  ".jsonl": jsonlDocuments,
  ".ndjson": jsonlDocuments,
  ".parquet": parquetDocuments,
};
const KINDS = ".txt, .jsonl and .parquet";

interface LocalFile {
  path: string;
  /** The path inside the folder that was given. */
  label: string;
  size: number;
  mtimeMs: number;
}

/**
 * A file, or all files of the known kinds in a folder and the folders in it.
 * @returns undefined when there is nothing at this path.
 * @throws AppError("invalid") when there is, but no text can be read from it.
 */
export async function findLocalSource(
  path: string,
  field: string,
): Promise<DocumentSource | undefined> {
  const root = resolve(path);
  let files: LocalFile[];
  try {
    files = await listFiles(root);
  } catch (error) {
    if (error instanceof AppError) throw error;
    const code = systemErrorCode(error) ?? "unknown error";
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw new AppError(
      "invalid",
      `The corpus ${path} cannot be read (${code}).`,
      {
        cause: error,
      },
    );
  }
  return {
    name: basename(root),
    identity: JSON.stringify([
      root,
      field,
      files.map(({ label, size, mtimeMs }) => [label, size, mtimeMs]),
    ]),
    totalBytes: files.reduce((sum, { size }) => sum + size, 0),
    async *documents(onBytes) {
      for (const { path: file, label } of files) {
        yield* READERS[kindOf(file)]!(file, label, field, onBytes);
      }
    },
  };
}

async function listFiles(root: string): Promise<LocalFile[]> {
  const about = await stat(root);
  if (!about.isDirectory()) {
    const label = basename(root);
    if (!(kindOf(root) in READERS)) {
      throw new AppError(
        "invalid",
        `${label} is not a kind of file texts can be read from; give ${KINDS} files.`,
      );
    }
    const { size, mtimeMs } = about;
    return [{ path: root, label, size, mtimeMs }];
  }
  const names = (await readdir(root, { recursive: true }))
    .filter((name) => kindOf(name) in READERS && !/(^|[/\\])\./.test(name))
    .sort();
  const files: LocalFile[] = [];
  for (const name of names) {
    const path = join(root, name);
    const { size, mtimeMs } = await stat(path);
    files.push({ path, label: name, size, mtimeMs });
  }
  if (files.length === 0) {
    throw new AppError(
      "invalid",
      `The folder ${root} holds no ${KINDS} files.`,
    );
  }
  return files;
}

function kindOf(path: string): string {
  return extname(path).toLowerCase();
}
