import {
  index,
  integer,
  primaryKey,
  real,
  sqliteTable,
  text,
} from "drizzle-orm/sqlite-core";

/** Named, ordered collections of features, of any SAEs. */
export const lists = sqliteTable(
  "lists",
  {
    id: integer("id").primaryKey(),
    name: text("name").notNull(),
    description: text("description").notNull(),
    owner: text("owner").notNull(),
    createdAt: text("created_at").notNull(),
    updatedAt: text("updated_at").notNull(),
    /** Grows by one with a new name or description and with deletion. */
    version: integer("version").notNull(),
    deletedAt: text("deleted_at"),
    itemCount: integer("item_count").notNull().default(0),
  },
  (table) => [index("lists_by_owner").on(table.owner, table.id)],
);

export const listItems = sqliteTable(
  "list_items",
  {
    listId: integer("list_id").notNull(),
    saeHash: text("sae_hash").notNull(),
    feature: integer("feature").notNull(),
    /** Places may be anywhere between two others. */
    position: real("position").notNull(),
    note: text("note"),
    addedBy: text("added_by").notNull(),
    addedAt: text("added_at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.listId, table.saeHash, table.feature] }),
    index("list_items_in_order").on(table.listId, table.position),
    index("list_items_by_feature").on(table.saeHash, table.feature),
  ],
);

/** Features a person wants to find again; nobody else sees them. */
export const bookmarks = sqliteTable(
  "bookmarks",
  {
    person: text("person").notNull(),
    saeHash: text("sae_hash").notNull(),
    feature: integer("feature").notNull(),
    seq: integer("seq").notNull(),
    at: text("at").notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.person, table.saeHash, table.feature] }),
    index("bookmarks_by_person").on(table.person, table.seq),
  ],
);
