"use client";

import {
  useEffect,
  useId,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
} from "react";
import { useHotkey } from "./use-hotkey";
import styles from "./menu.module.css";

export interface MenuItem {
  name: string;
  /** A word or two on the right, e.g. the kind of file. */
  hint?: string;
  /** A link to go to … */
  href?: string;
  /** … or what to do; a text is said once it is done. */
  onSelect?: () => unknown;
}

interface MenuProps {
  /** What the button shows. */
  children: ReactNode;
  label: string;
  /** Asked for when the menu is opened. */
  items: () => MenuItem[];
  quiet?: boolean;
  title?: string;
  /** A key that opens it from anywhere on the page. */
  hotkey?: string;
}

/**
 * A button that opens a list of things to do. ↑ ↓ Home End walk through it, a
 * letter goes to the next item that begins with it, Esc and Tab leave.
 */
export function Menu(props: MenuProps) {
  const { children, label, items, quiet, title, hotkey = "" } = props;
  const id = useId();
  const root = useRef<HTMLSpanElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState<MenuItem[] | null>(null);
  const [said, setSaid] = useState("");

  useEffect(() => {
    if (open === null) return;
    root.current?.querySelector<HTMLElement>("[role=menuitem]")?.focus();
    const outside = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) setOpen(null);
    };
    document.addEventListener("pointerdown", outside);
    return () => {
      document.removeEventListener("pointerdown", outside);
    };
  }, [open]);
  useEffect(() => {
    if (said === "") return;
    const timer = setTimeout(() => {
      setSaid("");
    }, 4000);
    return () => {
      clearTimeout(timer);
    };
  }, [said]);

  useHotkey(hotkey, () => {
    setOpen(items());
  });

  const close = () => {
    setOpen(null);
    button.current?.focus();
  };
  const select = async (item: MenuItem) => {
    close();
    try {
      const said = await item.onSelect?.();
      setSaid(typeof said === "string" ? said : "");
    } catch (error) {
      setSaid(error instanceof Error ? error.message : "That did not work.");
    }
  };
  return (
    <span ref={root} className={styles.root}>
      <button
        ref={button}
        type="button"
        {...(quiet ? { "data-kind": "quiet" } : {})}
        aria-haspopup="menu"
        aria-expanded={open !== null}
        aria-controls={open === null ? undefined : id}
        aria-label={label}
        title={title}
        onClick={() => {
          setOpen(open === null ? items() : null);
        }}
      >
        {children}
      </button>
      {open === null ? null : (
        <ul
          id={id}
          role="menu"
          aria-label={label}
          className={styles.menu}
          onKeyDown={(event) => {
            walk(event, close, () => {
              setOpen(null);
            });
          }}
        >
          {open.map((item) => (
            <li key={item.name} role="none">
              {item.href === undefined ? (
                <button
                  type="button"
                  role="menuitem"
                  tabIndex={-1}
                  data-kind="quiet"
                  onClick={() => void select(item)}
                >
                  {item.name}
                  <span>{item.hint}</span>
                </button>
              ) : (
                <a role="menuitem" tabIndex={-1} href={item.href}>
                  {item.name}
                  <span>{item.hint}</span>
                </a>
              )}
            </li>
          ))}
        </ul>
      )}
      <span role="status" className={said === "" ? undefined : styles.said}>
        {said}
      </span>
    </span>
  );
}

function walk(
  event: KeyboardEvent<HTMLElement>,
  close: () => void,
  leave: () => void,
): void {
  const items = [
    ...event.currentTarget.querySelectorAll<HTMLElement>("[role=menuitem]"),
  ];
  const at = items.indexOf(document.activeElement as HTMLElement);
  const { key } = event;
  // What is typed here is the menu's, not the page's.
  event.stopPropagation();
  event.nativeEvent.stopImmediatePropagation();
  if (key === "Tab") {
    leave();
    return;
  }
  const byLetter = () =>
    [...items.slice(at + 1), ...items].find((item) =>
      item.textContent.toLowerCase().startsWith(key.toLowerCase()),
    );
  const next =
    key === "ArrowDown"
      ? items[(at + 1) % items.length]
      : key === "ArrowUp"
        ? items[(at + items.length - 1) % items.length]
        : key === "Home"
          ? items[0]
          : key === "End"
            ? items.at(-1)
            : key.length === 1 && key !== " "
              ? byLetter()
              : undefined;
  if (key === "Escape") close();
  else if (next) next.focus();
  else return;
  event.preventDefault();
}
