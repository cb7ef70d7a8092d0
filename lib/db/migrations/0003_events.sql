-- What was said so far becomes the beginning of the new event log: an event for
-- each revision, in the order they were made, by the person the author's name
-- became. Their chain is made, and the other tables are filled, by migrateLabels.
CREATE TABLE `new_events` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`at` text NOT NULL,
	`actor` text NOT NULL,
	`kind` text NOT NULL,
	`sae_hash` text,
	`feature` integer,
	`payload` text NOT NULL,
	`chain` blob NOT NULL
);
--> statement-breakpoint
INSERT INTO new_events (seq, id, at, actor, kind, sae_hash, feature, payload, chain)
SELECT row_number() OVER (ORDER BY coalesce(e.id, 9e15), r.at, r.label_id, r.version),
  'first-' || r.label_id || '-' || r.version, r.at,
  (SELECT p.id FROM people AS p WHERE p.name_key = 'placeholder:' || r.author),
  'label.' || r.kind, l.sae_hash, l.feature,
  CASE WHEN r.kind = 'created' THEN json_object('label', r.label_id, 'text', r.text, 'note', NULL, 'confidence', NULL, 'tags', json_array())
    WHEN r.kind = 'edited' THEN json_object('label', r.label_id, 'version', r.version, 'text', r.text, 'note', NULL, 'confidence', NULL, 'tags', json_array())
    ELSE json_object('label', r.label_id, 'version', r.version) END,
  x''
FROM label_revisions AS r
JOIN labels AS l ON l.id = r.label_id
LEFT JOIN (
  SELECT id, label_id, row_number() OVER (PARTITION BY label_id ORDER BY id) AS version FROM events
) AS e ON e.label_id = r.label_id AND e.version = r.version;
--> statement-breakpoint
DROP TABLE events;
--> statement-breakpoint
DROP TABLE label_revisions;
--> statement-breakpoint
DROP TABLE label_search;
--> statement-breakpoint
DROP TABLE labels;
--> statement-breakpoint
ALTER TABLE new_events RENAME TO events;
--> statement-breakpoint
CREATE UNIQUE INDEX `events_id_unique` ON `events` (`id`);
--> statement-breakpoint
CREATE INDEX `events_by_feature` ON `events` (`sae_hash`,`feature`,`seq`);
--> statement-breakpoint
CREATE INDEX `events_by_sae` ON `events` (`sae_hash`,`seq`);
--> statement-breakpoint
CREATE INDEX `events_by_actor` ON `events` (`actor`,`seq`);
--> statement-breakpoint
CREATE TABLE `comments` (
	`id` integer PRIMARY KEY NOT NULL,
	`sae_hash` text NOT NULL,
	`feature` integer NOT NULL,
	`label_id` integer,
	`parent` integer,
	`author` text NOT NULL,
	`text` text NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	`version` integer NOT NULL,
	`deleted_at` text
);
--> statement-breakpoint
CREATE INDEX `comments_by_feature` ON `comments` (`sae_hash`,`feature`,`id`);
--> statement-breakpoint
CREATE TABLE `mentions` (
	`person` text NOT NULL,
	`comment_id` integer NOT NULL,
	PRIMARY KEY(`person`, `comment_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `mentions_by_comment` ON `mentions` (`comment_id`);
--> statement-breakpoint
CREATE TABLE `projection` (
	`id` integer PRIMARY KEY NOT NULL,
	`version` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `feature_states` (
	`sae_hash` text NOT NULL,
	`feature` integer NOT NULL,
	`state` text NOT NULL,
	`accepted_label` integer,
	`shown_label` integer,
	`label_count` integer NOT NULL,
	`label_authors` integer NOT NULL,
	`comment_count` integer NOT NULL,
	`flag_count` integer NOT NULL,
	`last_seq` integer NOT NULL,
	`last_at` text NOT NULL,
	PRIMARY KEY(`sae_hash`, `feature`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `feature_states_by_state` ON `feature_states` (`sae_hash`,`state`,`feature`);
--> statement-breakpoint
CREATE INDEX `feature_states_labelled` ON `feature_states` (`sae_hash`,`feature`) WHERE label_count > 0;
--> statement-breakpoint
CREATE INDEX `feature_states_by_activity` ON `feature_states` (`sae_hash`,`last_seq`);
--> statement-breakpoint
CREATE TABLE `label_revisions` (
	`label_id` integer NOT NULL,
	`version` integer NOT NULL,
	`kind` text NOT NULL,
	`text` text NOT NULL,
	`note` text,
	`confidence` text,
	`tags` text NOT NULL,
	`author` text NOT NULL,
	`at` text NOT NULL,
	PRIMARY KEY(`label_id`, `version`)
);
--> statement-breakpoint
CREATE TABLE `labels` (
	`id` integer PRIMARY KEY NOT NULL,
	`sae_hash` text NOT NULL,
	`feature` integer NOT NULL,
	`text` text NOT NULL,
	`note` text,
	`confidence` text,
	`tags` text NOT NULL,
	`author` text NOT NULL,
	`editor` text NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	`version` integer NOT NULL,
	`text_version` integer NOT NULL,
	`deleted_at` text,
	`up` integer DEFAULT 0 NOT NULL,
	`down` integer DEFAULT 0 NOT NULL,
	`accepted_by` text
);
--> statement-breakpoint
CREATE INDEX `labels_by_feature` ON `labels` (`sae_hash`,`feature`) WHERE deleted_at IS NULL;
--> statement-breakpoint
CREATE INDEX `labels_by_time` ON `labels` (`sae_hash`,`updated_at`,`id`) WHERE deleted_at IS NULL;
--> statement-breakpoint
CREATE TABLE `sae_counts` (
	`sae_hash` text NOT NULL,
	`what` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`sae_hash`, `what`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `votes` (
	`label_id` integer NOT NULL,
	`person` text NOT NULL,
	`value` integer NOT NULL,
	`at` text NOT NULL,
	PRIMARY KEY(`label_id`, `person`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `bookmarks` (
	`person` text NOT NULL,
	`sae_hash` text NOT NULL,
	`feature` integer NOT NULL,
	`seq` integer NOT NULL,
	`at` text NOT NULL,
	PRIMARY KEY(`person`, `sae_hash`, `feature`)
);
--> statement-breakpoint
CREATE INDEX `bookmarks_by_person` ON `bookmarks` (`person`,`seq`);
--> statement-breakpoint
CREATE TABLE `list_items` (
	`list_id` integer NOT NULL,
	`sae_hash` text NOT NULL,
	`feature` integer NOT NULL,
	`position` real NOT NULL,
	`note` text,
	`added_by` text NOT NULL,
	`added_at` text NOT NULL,
	PRIMARY KEY(`list_id`, `sae_hash`, `feature`)
);
--> statement-breakpoint
CREATE INDEX `list_items_in_order` ON `list_items` (`list_id`,`position`);
--> statement-breakpoint
CREATE INDEX `list_items_by_feature` ON `list_items` (`sae_hash`,`feature`);
--> statement-breakpoint
CREATE TABLE `lists` (
	`id` integer PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`description` text NOT NULL,
	`owner` text NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	`version` integer NOT NULL,
	`deleted_at` text,
	`item_count` integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE INDEX `lists_by_owner` ON `lists` (`owner`,`id`);
--> statement-breakpoint
CREATE TABLE `flags` (
	`sae_hash` text NOT NULL,
	`feature` integer NOT NULL,
	`flag` text NOT NULL,
	`person` text NOT NULL,
	`duplicate_of` integer,
	`note` text,
	`decisive` integer NOT NULL,
	`at` text NOT NULL,
	PRIMARY KEY(`sae_hash`, `feature`, `flag`, `person`)
);
--> statement-breakpoint
CREATE TABLE `rubrics` (
	`sae_hash` text NOT NULL,
	`feature` integer NOT NULL,
	`person` text NOT NULL,
	`confidence` integer,
	`activations` integer,
	`logits` integer,
	`specificity` integer,
	`monosemantic` integer,
	`breaks_at` integer,
	`at` text NOT NULL,
	PRIMARY KEY(`sae_hash`, `feature`, `person`)
);
--> statement-breakpoint
CREATE VIRTUAL TABLE label_search USING fts5(text, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
--> statement-breakpoint
CREATE TRIGGER labels_search_insert AFTER INSERT ON labels WHEN new.deleted_at IS NULL
BEGIN
  INSERT INTO label_search (rowid, text) VALUES (new.id, new.text);
END;
--> statement-breakpoint
CREATE TRIGGER labels_search_update AFTER UPDATE OF text, deleted_at ON labels
WHEN old.text <> new.text OR old.deleted_at IS NOT new.deleted_at
BEGIN
  DELETE FROM label_search WHERE rowid = old.id;
  INSERT INTO label_search (rowid, text) SELECT new.id, new.text WHERE new.deleted_at IS NULL;
END;
--> statement-breakpoint
CREATE TRIGGER labels_search_delete AFTER DELETE ON labels
BEGIN
  DELETE FROM label_search WHERE rowid = old.id;
END;
--> statement-breakpoint
CREATE TRIGGER events_kept BEFORE DELETE ON events
BEGIN
  SELECT RAISE(ABORT, 'events are kept for ever');
END;
--> statement-breakpoint
-- But that an event copied above gets its link of the chain.
CREATE TRIGGER events_fixed BEFORE UPDATE ON events
WHEN NOT (length(old.chain) = 0 AND new.seq = old.seq AND new.id = old.id
  AND new.at = old.at AND new.actor = old.actor AND new.kind = old.kind
  AND new.sae_hash IS old.sae_hash AND new.feature IS old.feature
  AND new.payload = old.payload)
BEGIN
  SELECT RAISE(ABORT, 'events are never changed');
END;
