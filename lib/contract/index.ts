/**
 * What crosses HTTP. The same zod schemas check requests on the server, parse
 * answers in the browser, and type both.
 */
export * from "./activity";
export * from "./comment";
export * from "./common";
export * from "./compare";
export * from "./document";
export * from "./exchange";
export * from "./feature";
export * from "./feature-pair";
export * from "./label";
export * from "./lens";
export * from "./labelling";
export * from "./list";
export * from "./live";
export * from "./mention";
export * from "./move";
export * from "./opinion";
export * from "./people";
export * from "./query";
export * from "./queue";
export * from "./quiz";
export * from "./sae";
export * from "./search";
export * from "./search-everywhere";
export * from "./sweeps";
export * from "./text";
