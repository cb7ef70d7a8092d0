"use client";

import { useState } from "react";

/** The last value that was there: what is shown until the next one is. */
export function useKept<T>(value: T | undefined): T | undefined {
  const [kept, setKept] = useState(value);
  if (value !== undefined && value !== kept) setKept(value);
  return value ?? kept;
}
