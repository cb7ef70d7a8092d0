import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { safePath } from "#app/_components/safe-path";
import { isSetUp } from "#app/_server/log-in";
import { currentMe, refusal } from "#app/_server/visitor";
import { LogInForm } from "#ui/log-in-form";

export const metadata: Metadata = { title: "Log in" };

interface LogInPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function LogInPage({ searchParams }: LogInPageProps) {
  const { next } = await searchParams;
  const path = safePath(typeof next === "string" ? next : null);
  const { person } = await currentMe();
  if (person !== null) redirect(path);
  const refused = await refusal();
  if (refused !== null) {
    return (
      <div className="card" role="alert">
        <h1>Monolex does not answer here</h1>
        <p>{refused}</p>
      </div>
    );
  }
  return <LogInForm next={path} setUp={isSetUp()} />;
}
