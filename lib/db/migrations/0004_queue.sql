CREATE TABLE `queue_assignments` (
	`id` integer PRIMARY KEY NOT NULL,
	`sae_hash` text NOT NULL,
	`person` text NOT NULL,
	`kind` text NOT NULL,
	`first` integer NOT NULL,
	`last` integer NOT NULL,
	`assigned_by` text NOT NULL,
	`assigned_at` text NOT NULL,
	`ended_at` text
);
--> statement-breakpoint
CREATE INDEX `queue_assignments_by_sae` ON `queue_assignments` (`sae_hash`,`ended_at`,`id`);--> statement-breakpoint
CREATE TABLE `queue_minutes` (
	`sae_hash` text NOT NULL,
	`minute` text NOT NULL,
	`person` text NOT NULL,
	`answers` integer NOT NULL,
	PRIMARY KEY(`sae_hash`, `minute`, `person`)
);
--> statement-breakpoint
CREATE TABLE `queue_settings` (
	`sae_hash` text PRIMARY KEY NOT NULL,
	`ordering` text NOT NULL,
	`share` real NOT NULL,
	`target` integer NOT NULL,
	`blind` integer NOT NULL,
	`seed` integer NOT NULL,
	`set_by` text NOT NULL,
	`set_at` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `queue_skips` (
	`sae_hash` text NOT NULL,
	`person` text NOT NULL,
	`feature` integer NOT NULL,
	`reason` text NOT NULL,
	`at` text NOT NULL,
	PRIMARY KEY(`sae_hash`, `person`, `feature`)
);
--> statement-breakpoint
CREATE TABLE `queue_work` (
	`sae_hash` text NOT NULL,
	`person` text NOT NULL,
	`answers` integer NOT NULL,
	PRIMARY KEY(`sae_hash`, `person`)
);
--> statement-breakpoint
ALTER TABLE `feature_states` ADD `answers` integer DEFAULT 0 NOT NULL;