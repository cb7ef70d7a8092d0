import { isIPv4, isIPv6 } from "node:net";

/** Whether an address or name means this machine and nothing else. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase();
  if (name === "localhost" || name.endsWith(".localhost")) return true;
  if (isIPv4(name)) return name.startsWith("127.");
  return (
    isIPv6(name) && /^(::1|(0{1,4}:){7}0{0,3}1|::ffff:127\.[\d.]+)$/.test(name)
  );
}

/** The name in a Host header: without port and brackets. */
export function hostName(host: string): string {
  return host.replace(/:\d+$/, "").replace(/^\[(.*)\]$/, "$1");
}
