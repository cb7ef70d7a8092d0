/** The SAE that the end-to-end tests train and look at. */
export const E2E_SAE = "e2e-topk-512";
export const SAE_PATH = `/sae/${E2E_SAE}`;
