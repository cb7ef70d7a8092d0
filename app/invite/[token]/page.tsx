import type { Metadata } from "next";
import { MIN_PASSWORD, readInvitation } from "#app/_server/log-in";
import { orWords } from "#app/_server/page-data";
import { InviteForm } from "#ui/invite-form";

export const metadata: Metadata = {
  title: "Invitation",
  // The link is a secret: no other site is told of it.
  referrer: "no-referrer",
};

interface InvitePageProps {
  params: Promise<{ token: string }>;
}

export default async function InvitePage({ params }: InvitePageProps) {
  const { token } = await params;
  const welcome = orWords(() => readInvitation(token));
  if ("refusal" in welcome) {
    return (
      <div className="card" role="alert">
        <h1>This link does not work</h1>
        <p>{welcome.refusal}</p>
      </div>
    );
  }
  return (
    <InviteForm
      token={token}
      welcome={welcome.data}
      minPassword={MIN_PASSWORD}
    />
  );
}
