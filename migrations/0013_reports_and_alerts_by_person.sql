CREATE INDEX "reports_reporter_idx" ON "reports" USING btree ("reporter_id","id");--> statement-breakpoint
CREATE INDEX "reports_handled_idx" ON "reports" USING btree ("handled_at") WHERE "reports"."handled_at" is not null;--> statement-breakpoint
CREATE INDEX "sos_alerts_user_idx" ON "sos_alerts" USING btree ("user_id","id");--> statement-breakpoint
CREATE INDEX "sos_alerts_resolved_idx" ON "sos_alerts" USING btree ("resolved_at") WHERE "sos_alerts"."resolved_at" is not null;