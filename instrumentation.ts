/**
 * Runs once, before the server answers its first request: a label database of
 * another version is reported at once, not with the first label. Backups of the
 * labels are made from here.
 */
export async function register(): Promise<void> {
  if (process.env["NEXT_RUNTIME"] !== "nodejs") return;
  const { startUp } = await import("#app/_server/startup");
  await startUp();
  const { scheduleBackups } = await import("#app/_server/backups");
  scheduleBackups();
}
