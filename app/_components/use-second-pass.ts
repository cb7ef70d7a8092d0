import { startTransition, useEffect, useState } from "react";

/**
 * False while a page is drawn first, by the server and by the browser that
 * takes it over; then true. What is far down a page can wait for it, so that
 * its top is there sooner and answers sooner.
 */
export function useSecondPass(): boolean {
  const [second, setSecond] = useState(false);
  useEffect(() => {
    startTransition(() => {
      setSecond(true);
    });
  }, []);
  return second;
}
