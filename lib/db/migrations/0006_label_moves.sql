CREATE TABLE `label_moves` (
	`sae_hash` text NOT NULL,
	`origin_label` integer NOT NULL,
	`feature` integer NOT NULL,
	`label_id` integer,
	`cosine` real NOT NULL,
	`mutual` integer NOT NULL,
	`person` text NOT NULL,
	`at` text NOT NULL,
	PRIMARY KEY(`sae_hash`, `origin_label`)
);
--> statement-breakpoint
CREATE INDEX `label_moves_by_label` ON `label_moves` (`label_id`);