ALTER TABLE "share_links" DROP CONSTRAINT "share_links_sos_alert_id_sos_alerts_id_fk";
--> statement-breakpoint
ALTER TABLE "share_links" DROP COLUMN "sos_alert_id";