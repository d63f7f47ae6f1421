-- What is asked for throughout India; a state or a kind of vehicle may ask for more or less.
INSERT INTO document_requirements (region, vehicle_kind, kind, mandatory, expires, numbered) VALUES
  ('IN', '*', 'driving_licence', true, true, true),
  ('IN', '*', 'identity', false, false, true),
  ('IN', '*', 'registration', true, true, true),
  ('IN', '*', 'insurance', true, true, true),
  ('IN', '*', 'pollution_certificate', false, true, true),
  ('IN', '*', 'permit', false, true, true),
  -- A three-wheeler carries passengers for hire: not without a permit.
  ('IN', 'auto_rickshaw', 'permit', true, true, true);
--> statement-breakpoint
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'integrity_constraint_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_events_append_only BEFORE UPDATE OR DELETE ON audit_events
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER audit_events_no_truncate BEFORE TRUNCATE ON audit_events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
