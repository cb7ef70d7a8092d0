import Link from "next/link";
import type { ApiDocument, ApiOperation } from "#app/_server/api-document";
import { ApiRequest } from "./api-request";
import { ApiType } from "./api-type";
import styles from "./api-docs.module.css";

interface Route {
  method: string;
  path: string;
  operation: ApiOperation;
}

/** The OpenAPI document as a page: each route, and a form to try it with. */
export function ApiDocs({ document }: { document: ApiDocument }) {
  const groups = grouped(document);
  const schemas = Object.entries(document.components.schemas).sort(
    ([a], [b]) => (a < b ? -1 : 1),
  );
  return (
    <div className={styles.page}>
      <div className={styles.intro}>
        <h1>API</h1>
        {document.info.description.split("\n\n").map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
        <p>
          <Link href="/api/openapi.json" prefetch={false}>
            /api/openapi.json
          </Link>{" "}
          is this page for programs: OpenAPI 3.1, made from the schemas that
          check every request and answer.
        </p>
      </div>
      <nav className={styles.contents} aria-label="Routes">
        {groups.map(({ name, routes }) => (
          <section key={name}>
            <h2>{name}</h2>
            <ul>
              {routes.map(({ method, path, operation }) => (
                <li key={operation.operationId}>
                  <Method name={method} />
                  <a href={`#${operation.operationId}`}>{path}</a>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </nav>
      {groups.flatMap(({ routes }) =>
        routes.map((route) => (
          <RouteCard key={route.operation.operationId} {...route} />
        )),
      )}
      <section className={styles.route} aria-label="Schemas">
        <h2>Schemas</h2>
        {schemas.map(([name, schema]) => (
          <div key={name} id={`schema-${name}`} className={styles.schema}>
            <h3>{name}</h3>
            <ApiType schema={schema} />
          </div>
        ))}
      </section>
    </div>
  );
}

function RouteCard({ method, path, operation }: Route) {
  const body = operation.requestBody?.content["application/json"];
  const [status, good] = Object.entries(operation.responses)[0]!;
  const [type, answer] = Object.entries(good.content)[0]!;
  return (
    <article id={operation.operationId} className={`card ${styles.route}`}>
      <h2>
        <Method name={method} />{" "}
        <a href={`#${operation.operationId}`}>{path}</a>
      </h2>
      <p>
        {operation.summary}{" "}
        <span className="muted">{operation.description}</span>
      </p>
      <ApiRequest
        method={method}
        path={path}
        parameters={operation.parameters}
        body={body?.example}
      />
      {body === undefined ? null : (
        <details>
          <summary>Body</summary>
          <ApiType schema={body.schema} />
        </details>
      )}
      <details>
        <summary>
          Answer{" "}
          <span className="muted small">
            {status}, {type}
          </span>
        </summary>
        <ApiType schema={answer.schema} />
      </details>
    </article>
  );
}

function Method({ name }: { name: string }) {
  return (
    <span className={styles.method} data-method={name}>
      {name}
    </span>
  );
}

/** Groups in the order of their names, each one's shortest paths first. */
function grouped(document: ApiDocument): { name: string; routes: Route[] }[] {
  const groups = new Map<string, Route[]>();
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      const [name] = operation.tags;
      const routes = groups.get(name) ?? [];
      routes.push({ method: method.toUpperCase(), path, operation });
      groups.set(name, routes);
    }
  }
  return [...groups]
    .map(([name, routes]) => ({ name, routes }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
