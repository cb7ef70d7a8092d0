import type { LensPredictions, LensText } from "#app/_queries/lens";
import { formatActivation, formatCount, formatPercent } from "./format";
import { signed } from "./lens-painting";
import { LensTokenFeatures } from "./lens-token-features";
import { StatList, type Stat } from "./stat-list";
import { TokenChip } from "./token-chip";
import type { LensState } from "./use-lens-state";
import type { TokenAnswer } from "./use-token-answer";
import styles from "./lens-panel.module.css";

interface LensTokenPanelProps {
  saeId: string;
  lens: LensText;
  losses: LensPredictions | undefined;
  asked: TokenAnswer;
  state: LensState;
}

/** The chosen token: its figures and its features. */
export function LensTokenPanel(props: LensTokenPanelProps) {
  const { saeId, lens, losses, asked, state } = props;
  const { token } = state;
  const window = lens.windows.find(({ to }) => token < to)!;
  return (
    <section
      className={`card ${styles.panel}`}
      aria-label="Chosen token"
      aria-busy={asked.busy}
    >
      <div>
        <h2>
          <TokenChip token={lens.tokens[token]!} />
        </h2>
        <p className="muted small">
          token {token} of {formatCount(lens.tokens.length)} · id{" "}
          {lens.tokens[token]!.id} · read with{" "}
          {counted(token - window.start, "token")} before it
        </p>
      </div>
      <StatList stats={tokenStats(token, lens, losses)} />
      <LensTokenFeatures
        saeId={saeId}
        lens={lens}
        answer={asked.answer}
        state={state}
      />
    </section>
  );
}

const counted = (count: number, noun: string) =>
  `${formatCount(count)} ${noun}${count === 1 ? "" : "s"}`;

function tokenStats(
  token: number,
  { l0, error }: LensText,
  losses: LensPredictions | undefined,
): Stat[] {
  const known = losses && !Number.isNaN(losses.ce[token]!) ? losses : undefined;
  const none = losses === undefined ? "…" : "–";
  return [
    { name: "L0", value: l0[token]!, meaning: "Features active on this token" },
    {
      name: "Error",
      value: formatPercent(error[token]!),
      meaning:
        "Squared reconstruction error over squared distance from the mean activation (method, Eq. 42)",
    },
    {
      name: "Loss",
      value: known ? formatActivation(known.ce[token]!) : none,
      meaning: "Cross-entropy of the token that follows, nats",
    },
    {
      name: "SAE adds",
      value: known ? signed(known.ceSpliced[token]! - known.ce[token]!) : none,
      meaning: `What this loss grows by with the reconstruction in place of the activations, nats; KL ${known ? formatActivation(known.kl[token]!) : none}`,
    },
  ];
}
