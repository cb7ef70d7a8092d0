import { expect, test } from "@playwright/test";
import {
  evaluationSchema,
  featureDetailSchema,
  saeListSchema,
} from "#lib/contract/index";
import { E2E_SAE } from "./data";

test("the API answers what its contract says", async ({ request }) => {
  const list = saeListSchema.parse(
    await (await request.get("/api/saes")).json(),
  );
  const sae = list.saes.find(({ id }) => id === E2E_SAE)!;
  expect(sae.dSae).toBe(512);
  const evaluation = evaluationSchema.parse(sae.evaluation);
  expect(evaluation.l0).toBeGreaterThan(15);
  expect(evaluation.l0).toBeLessThanOrEqual(16);
  expect(evaluation.fvu).toBeLessThan(1);

  const { index } = (await (
    await request.get(`/api/saes/${E2E_SAE}/features/random`)
  ).json()) as { index: number };
  const feature = featureDetailSchema.parse(
    await (await request.get(`/api/saes/${E2E_SAE}/features/${index}`)).json(),
  );
  expect(feature.firingCount).toBeGreaterThan(0);
  const top = feature.groups.find((group) => group.name === "top")!;
  expect(top.examples[0]!.peakValue).toBeCloseTo(feature.maxActivation, 4);
});

test("a feature's activation on a context's own text is the indexed one", async ({
  request,
}) => {
  const { index } = (await (
    await request.get(`/api/saes/${E2E_SAE}/features/random`)
  ).json()) as { index: number };
  const feature = featureDetailSchema.parse(
    await (await request.get(`/api/saes/${E2E_SAE}/features/${index}`)).json(),
  );
  const whole = feature.groups
    .flatMap((group) => group.examples)
    // A context inside one document is the same text typed again.
    .find(
      ({ tokens, tokenIds }) =>
        !tokenIds.slice(1).includes(50_256) &&
        // Characters that are split over several tokens are typed otherwise.
        tokens
          .slice(1)
          .every((text) => text !== "" && !text.includes("\ufffd")),
    );
  test.skip(
    whole === undefined,
    "every context of this feature crosses documents",
  );
  const text = whole!.tokens.slice(1).join("");
  const response = await request.post(`/api/saes/${E2E_SAE}/own-text`, {
    data: { text, feature: index },
  });
  const { featureValues, tokens } = (await response.json()) as {
    featureValues: number[];
    tokens: unknown[];
  };
  test.skip(
    tokens.length !== whole!.tokens.length - 1,
    "the cut text tokenises differently",
  );
  whole!.positions.forEach((position, i) => {
    expect(featureValues[position - 1]).toBeCloseTo(whole!.values[i]!, 2);
  });
});
