import { Fragment, type ReactNode } from "react";
import styles from "./api-docs.module.css";

type Schema = Record<string, unknown>;

/** A JSON Schema, read as a type: named schemas are links to where they are. */
export function ApiType({ schema }: { schema: Schema }) {
  return (
    <pre className={styles.type} tabIndex={0}>
      <code>{typeOf(schema, "")}</code>
    </pre>
  );
}

/** A schema's type in one line, for a parameter. */
export function ApiTypeLine({ schema }: { schema: Schema }) {
  const limits = limitsOf(schema);
  return (
    <>
      <code>{typeOf(schema, "")}</code>
      {limits === "" ? null : <span className="muted"> {limits}</span>}
    </>
  );
}

function typeOf(schema: Schema, indent: string): ReactNode {
  if (typeof schema["$ref"] === "string") {
    const name = schema["$ref"].split("/").at(-1)!;
    return <a href={`#schema-${name}`}>{name}</a>;
  }
  if ("const" in schema) return JSON.stringify(schema["const"]);
  if (Array.isArray(schema["enum"])) {
    return schema["enum"].map((value) => JSON.stringify(value)).join(" | ");
  }
  const choices = schema["anyOf"] ?? schema["oneOf"];
  if (Array.isArray(choices)) {
    return (choices as Schema[]).map((choice, i) => (
      <Fragment key={i}>
        {i === 0 ? null : " | "}
        {typeOf(choice, indent)}
      </Fragment>
    ));
  }
  if (Array.isArray(schema["type"])) return schema["type"].join(" | ");
  if (schema["type"] === "array") return arrayOf(schema, indent);
  if (schema["type"] === "object") return objectOf(schema, indent);
  return typeof schema["type"] === "string" ? schema["type"] : "anything";
}

function arrayOf(schema: Schema, indent: string): ReactNode {
  const items = (schema["items"] ?? {}) as Schema;
  const several =
    Array.isArray(items["type"]) || "anyOf" in items || "enum" in items;
  const inner = typeOf(items, indent);
  return several ? <>({inner})[]</> : <>{inner}[]</>;
}

function objectOf(schema: Schema, indent: string): ReactNode {
  const inside = `${indent}  `;
  const { properties, required, additionalProperties } = schema as {
    properties?: Record<string, Schema>;
    required?: string[];
    additionalProperties?: Schema | boolean;
  };
  if (properties === undefined) {
    const values =
      typeof additionalProperties === "object" ? additionalProperties : {};
    return (
      <>
        {"{ [name]: "}
        {typeOf(values, inside)}
        {" }"}
      </>
    );
  }
  return (
    <>
      {"{\n"}
      {Object.entries(properties).map(([name, property]) => (
        <Fragment key={name}>
          <Comment schema={property} indent={inside} />
          {inside}
          {name}
          {required?.includes(name) ? "" : "?"}: {typeOf(property, inside)}
          {"\n"}
        </Fragment>
      ))}
      {indent}
      {"}"}
    </>
  );
}

/** What a field means, on a line before it. */
function Comment({ schema, indent }: { schema: Schema; indent: string }) {
  const { description } = schema as { description?: string };
  const text = [description, limitsOf(schema)].filter(Boolean).join(" ");
  if (text === "") return null;
  return (
    <span className={styles.comment}>
      {indent}
      {"// "}
      {text}
      {"\n"}
    </span>
  );
}

/** "1 … 200, else 50": bounds and default of a value. */
function limitsOf(schema: Schema): string {
  const s = schema as Record<string, number | undefined>;
  const least = s["minimum"] ?? s["exclusiveMinimum"];
  // Whole numbers come with JavaScript's own limits.
  const most =
    s["maximum"] === Number.MAX_SAFE_INTEGER ? undefined : s["maximum"];
  const parts: string[] = [];
  if (least !== undefined && least !== Number.MIN_SAFE_INTEGER) {
    const from = s["exclusiveMinimum"] === undefined ? "" : "above ";
    parts.push(
      most === undefined
        ? `${from || "from "}${least}`
        : `${from}${least} … ${most}`,
    );
  } else if (most !== undefined) parts.push(`up to ${most}`);
  if (s["maxLength"] !== undefined) {
    parts.push(`up to ${s["maxLength"]} characters`);
  }
  if ("default" in schema) parts.push(`else ${String(schema["default"])}`);
  return parts.join(", ");
}
