/**
 * Files of the Hugging Face hub: fetched once, checked, and kept in the
 * standard cache folder, where Python's huggingface_hub finds them too.
 */
export { downloadFile, type DownloadOptions } from "./download";
export { fetchDataset } from "./dataset";
export { hubSettings, type HubSettings, type RepoKind } from "./hub-settings";
