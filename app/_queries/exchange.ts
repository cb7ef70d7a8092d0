import { useMutation, useQueryClient } from "@tanstack/react-query";
import { importReportSchema, type ImportReport } from "#lib/contract/index";
import { callApi, saePath } from "./api";

/** Sends a file of labels: to be looked at (`check`), or to be taken in. */
const sendFile = (saeId: string, file: Blob, check: boolean) =>
  callApi(
    `${saePath(saeId, "import")}${check ? "?check=1" : ""}`,
    importReportSchema,
    { method: "POST", file },
  );

/** Says what an import would do. */
export const useImportCheck = (saeId: string) =>
  useMutation<ImportReport, Error, Blob>({
    networkMode: "always",
    mutationFn: (file) => sendFile(saeId, file, true),
  });

/** Does it; whatever was shown of labels is old then. */
export function useImport(saeId: string) {
  const client = useQueryClient();
  return useMutation<ImportReport, Error, Blob>({
    networkMode: "always",
    mutationFn: (file) => sendFile(saeId, file, false),
    onSuccess: () => client.invalidateQueries(),
  });
}
