CREATE TABLE `label_scores` (
	`label_id` integer PRIMARY KEY NOT NULL,
	`sae_hash` text NOT NULL,
	`feature` integer NOT NULL,
	`text_version` integer NOT NULL,
	`live` integer NOT NULL,
	`quizzes` integer NOT NULL,
	`people` integer NOT NULL,
	`hits` integer NOT NULL,
	`misses` integer NOT NULL,
	`false_alarms` integer NOT NULL,
	`rejections` integer NOT NULL,
	`accuracy` real NOT NULL,
	`lower` real NOT NULL,
	`upper` real NOT NULL
);
--> statement-breakpoint
CREATE INDEX `label_scores_ranked` ON `label_scores` (`sae_hash`,`lower`,`label_id`) WHERE live = 1;--> statement-breakpoint
CREATE INDEX `label_scores_doubted` ON `label_scores` (`sae_hash`,`upper`,`label_id`) WHERE live = 1;--> statement-breakpoint
CREATE TABLE `quiz_answers` (
	`quiz` text PRIMARY KEY NOT NULL,
	`sae_hash` text NOT NULL,
	`feature` integer NOT NULL,
	`label_id` integer NOT NULL,
	`text_version` integer NOT NULL,
	`person` text NOT NULL,
	`at` text NOT NULL,
	`hits` integer NOT NULL,
	`misses` integer NOT NULL,
	`false_alarms` integer NOT NULL,
	`rejections` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `quiz_answers_by_label` ON `quiz_answers` (`label_id`,`text_version`);--> statement-breakpoint
CREATE TABLE `quiz_marks` (
	`sae_hash` text NOT NULL,
	`label_id` integer NOT NULL,
	`text_version` integer NOT NULL,
	`sequence` integer NOT NULL,
	`start` integer NOT NULL,
	`person` text NOT NULL,
	`fires` integer NOT NULL,
	`marked` integer NOT NULL,
	PRIMARY KEY(`sae_hash`, `label_id`, `text_version`, `sequence`, `start`, `person`)
);
--> statement-breakpoint
CREATE TABLE `quizzes` (
	`id` text PRIMARY KEY NOT NULL,
	`person` text NOT NULL,
	`sae_hash` text NOT NULL,
	`feature` integer NOT NULL,
	`label_id` integer NOT NULL,
	`text_version` integer NOT NULL,
	`label_text` text NOT NULL,
	`contexts` text NOT NULL,
	`handed_at` text NOT NULL,
	`expires_at` text NOT NULL,
	`closed_at` text
);
--> statement-breakpoint
CREATE INDEX `quizzes_by_person` ON `quizzes` (`person`,`sae_hash`,`feature`,`label_id`);--> statement-breakpoint
CREATE INDEX `quizzes_open` ON `quizzes` (`person`,`sae_hash`) WHERE closed_at IS NULL;--> statement-breakpoint
-- A score is of a text: with another one, or deleted, the label has none.
CREATE TRIGGER labels_score_update AFTER UPDATE OF text_version, deleted_at ON labels
BEGIN
  UPDATE label_scores
  SET live = (new.deleted_at IS NULL AND new.text_version = text_version)
  WHERE label_id = new.id;
END;
