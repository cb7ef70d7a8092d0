CREATE TABLE `mention_marks` (
	`person` text PRIMARY KEY NOT NULL,
	`comment_id` integer NOT NULL
);
