/** The SAE that the end-to-end tests train and look at. */
export const E2E_SAE = "e2e-topk-512";
export const SAE_PATH = `/sae/${E2E_SAE}`;

/** The sweep whose report they look at: that SAE, others, a failure. */
export const E2E_SWEEP = "e2e-grid";
export const SWEEP_PATH = `/sweeps/${E2E_SWEEP}`;

/** A second SAE: its first features are the trained one's in another order. */
export const E2E_TWIN = "e2e-twin";
export const TWIN_SHARED = 400;

/** Beside the server without log-in there is one with it: see serve-team.ts. */
export const teamPort = (port: number) => port + 1000;
export const TEAM_URL = `http://127.0.0.1:${teamPort(Number(process.env.E2E_PORT ?? 3100))}`;
export const TEAM_ADMIN = { name: "Ada", password: "first of all admins" };

/** An index of text that must be shown as what it is. */
export const E2E_HOSTILE = "hostile";
