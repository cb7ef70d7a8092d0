/** Whether a key pressed there is text, not a command of the page. */
export function isTyping(target: EventTarget | null): boolean {
  // A box that was just ticked has the focus, and takes no letters.
  if (target instanceof HTMLInputElement && target.type === "checkbox") {
    return false;
  }
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName))
  );
}
