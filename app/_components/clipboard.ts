"use client";

/**
 * Copies a text; says what was done.
 *
 * @throws Error where the browser does not permit it.
 */
export async function copyText(text: string, done: string): Promise<string> {
  // Browsers hide the clipboard from pages that come over plain HTTP from
  // another machine; a selection can still be copied there.
  if ("clipboard" in navigator) await navigator.clipboard.writeText(text);
  else if (!copySelection(text)) {
    throw new Error("This browser does not let pages copy.");
  }
  return done;
}

function copySelection(text: string): boolean {
  const area = document.createElement("textarea");
  area.value = text;
  area.style.position = "fixed";
  area.style.opacity = "0";
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  return copied;
}

/** Saves what was made in the browser as a file. */
export function saveFile(name: string, contents: Blob): void {
  const url = URL.createObjectURL(contents);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // Not before the browser has begun to read it.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 10_000);
}
