/** Where the chosen theme is kept; absent means the system's. */
export const THEME_KEY = "monolex-theme";

/** Runs before the first paint, so that a dark page never flashes white. */
export const THEME_SCRIPT = `(() => {
  let chosen = null;
  try { chosen = localStorage.getItem(${JSON.stringify(THEME_KEY)}); } catch {}
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    document.documentElement.dataset.theme =
      chosen ?? (dark.matches ? "dark" : "light");
  };
  apply();
  dark.addEventListener("change", apply);
})();`;
