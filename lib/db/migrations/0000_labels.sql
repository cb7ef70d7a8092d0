CREATE TABLE `events` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`at` text NOT NULL,
	`kind` text NOT NULL,
	`author` text NOT NULL,
	`sae_hash` text NOT NULL,
	`feature` integer NOT NULL,
	`label_id` integer NOT NULL,
	FOREIGN KEY (`label_id`) REFERENCES `labels`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `label_revisions` (
	`label_id` integer NOT NULL,
	`version` integer NOT NULL,
	`kind` text NOT NULL,
	`text` text NOT NULL,
	`author` text NOT NULL,
	`at` text NOT NULL,
	PRIMARY KEY(`label_id`, `version`),
	FOREIGN KEY (`label_id`) REFERENCES `labels`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `labels` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`sae_hash` text NOT NULL,
	`feature` integer NOT NULL,
	`text` text NOT NULL,
	`author` text NOT NULL,
	`created_at` text NOT NULL,
	`updated_at` text NOT NULL,
	`version` integer NOT NULL,
	`deleted_at` text
);
--> statement-breakpoint
CREATE INDEX `labels_by_feature` ON `labels` (`sae_hash`,`feature`) WHERE deleted_at IS NULL;--> statement-breakpoint
CREATE INDEX `labels_by_time` ON `labels` (`sae_hash`,`updated_at`,`id`) WHERE deleted_at IS NULL;