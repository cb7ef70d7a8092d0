import { redirect } from "next/navigation";
import { randomFeature } from "#app/_server/features";
import { failure } from "#app/_server/http-errors";
import { visitor } from "#app/_server/visitor";

export const dynamic = "force-dynamic";

/** Opens a random live feature. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ saeId: string }> },
) {
  await visitor();
  const { saeId } = await params;
  let index: number;
  try {
    ({ index } = randomFeature(saeId));
  } catch (error) {
    return failure(error, request);
  }
  redirect(`/sae/${encodeURIComponent(saeId)}/feature/${index}`);
}
