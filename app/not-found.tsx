import Link from "next/link";

export default function NotFound() {
  return (
    <div className="card">
      <h1>There is nothing here</h1>
      <p className="muted">
        No such page, SAE, feature or sweep. <Link href="/">All SAEs</Link>
      </p>
    </div>
  );
}
