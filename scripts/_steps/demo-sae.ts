/** The SAE that `npm run demo` trains: the other commands' default. */
export const DEMO_SAE = "mini-gpt2-blocks.2.hook_resid_post-topk-4096-k32";
