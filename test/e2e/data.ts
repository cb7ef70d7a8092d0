/** The SAE that the end-to-end tests train and look at. */
export const E2E_SAE = "e2e-topk-512";
export const SAE_PATH = `/sae/${E2E_SAE}`;

/** The sweep whose report they look at: that SAE, others, a failure. */
export const E2E_SWEEP = "e2e-grid";
export const SWEEP_PATH = `/sweeps/${E2E_SWEEP}`;

/** A second SAE: its first features are the trained one's in another order. */
export const E2E_TWIN = "e2e-twin";
export const TWIN_SHARED = 400;
