CREATE VIRTUAL TABLE label_search USING fts5(text, tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3');
--> statement-breakpoint
CREATE TRIGGER labels_search_insert AFTER INSERT ON labels WHEN new.deleted_at IS NULL
BEGIN
  INSERT INTO label_search (rowid, text) VALUES (new.id, new.text);
END;
--> statement-breakpoint
CREATE TRIGGER labels_search_update AFTER UPDATE OF text, deleted_at ON labels
BEGIN
  DELETE FROM label_search WHERE rowid = old.id;
  INSERT INTO label_search (rowid, text) SELECT new.id, new.text WHERE new.deleted_at IS NULL;
END;
--> statement-breakpoint
CREATE TRIGGER labels_kept BEFORE DELETE ON labels
BEGIN
  SELECT RAISE(ABORT, 'labels are marked as deleted, never removed');
END;
--> statement-breakpoint
CREATE TRIGGER label_revisions_kept BEFORE DELETE ON label_revisions
BEGIN
  SELECT RAISE(ABORT, 'revisions are kept for ever');
END;
--> statement-breakpoint
CREATE TRIGGER label_revisions_fixed BEFORE UPDATE ON label_revisions
BEGIN
  SELECT RAISE(ABORT, 'revisions are never changed');
END;
--> statement-breakpoint
CREATE TRIGGER events_kept BEFORE DELETE ON events
BEGIN
  SELECT RAISE(ABORT, 'events are kept for ever');
END;
--> statement-breakpoint
CREATE TRIGGER events_fixed BEFORE UPDATE ON events
BEGIN
  SELECT RAISE(ABORT, 'events are never changed');
END;
