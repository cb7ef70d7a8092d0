/**
 * Headers of every answer. Nothing from elsewhere is loaded, and nothing is
 * sent elsewhere. Next's own scripts stand in the page, so those of the page
 * itself are allowed.
 *
 * @param ancestors whose pages may show ours in a frame
 */
export function securityHeaders(
  ancestors: string,
): { key: string; value: string }[] {
  const policy = [
    "default-src 'self'",
    `script-src 'self' 'unsafe-inline'${process.env.NODE_ENV === "development" ? " 'unsafe-eval'" : ""}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    `frame-ancestors ${ancestors}`,
  ];
  return [
    { key: "content-security-policy", value: policy.join("; ") },
    { key: "x-content-type-options", value: "nosniff" },
    { key: "referrer-policy", value: "same-origin" },
  ];
}
