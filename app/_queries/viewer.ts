import { skipToken, useQuery } from "@tanstack/react-query";
import { may, PERMISSIONS, type Action, type Actor } from "#lib/policy";

/** Who looks at the page; the page itself puts it here. */
export const viewerKey = ["viewer"];

export function useViewer(): Actor | undefined {
  return useQuery<Actor>({ queryKey: viewerKey, queryFn: skipToken }).data;
}

/** Why the viewer may not do this, in a sentence; undefined: they may. */
export function refusalOf(
  viewer: Actor | undefined,
  action: Action,
  owner?: string,
): string | undefined {
  if (!viewer) return "Log in to take part.";
  const own = owner === undefined || owner === viewer.id;
  if (may(viewer, action, { own })) return undefined;
  const permission = PERMISSIONS[action];
  const least = own ? permission.own : permission.other;
  const cure =
    least === null
      ? "it belongs to somebody else"
      : `it takes the role ${least}, yours is ${viewer.role}`;
  return `You may not ${permission.words}: ${cure}.`;
}
