CREATE TABLE "ride_corridors" (
	"ride_id" uuid PRIMARY KEY NOT NULL,
	"departs_at" timestamp (3) with time zone NOT NULL,
	"keys" bigint[] NOT NULL
);
--> statement-breakpoint
-- The keys are read through their index only: out of line, a million rows stay some 70 MB and in memory.
ALTER TABLE "ride_corridors" SET (toast_tuple_target = 128);
--> statement-breakpoint
ALTER TABLE "ride_corridors" ADD CONSTRAINT "ride_corridors_ride_id_rides_id_fk" FOREIGN KEY ("ride_id") REFERENCES "public"."rides"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ride_corridors_keys_idx" ON "ride_corridors" USING gin ("keys") WITH (fastupdate=false);--> statement-breakpoint
CREATE INDEX "ride_corridors_departs_idx" ON "ride_corridors" USING btree ("departs_at");