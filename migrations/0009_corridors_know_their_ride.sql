ALTER TABLE "ride_corridors" ADD COLUMN "route_id" uuid;--> statement-breakpoint
ALTER TABLE "ride_corridors" ADD COLUMN "arrives_at" timestamp (3) with time zone;--> statement-breakpoint
UPDATE "ride_corridors" SET "route_id" = "rides"."route_id", "arrives_at" = "rides"."arrives_at"
  FROM "rides" WHERE "rides"."id" = "ride_corridors"."ride_id";--> statement-breakpoint
ALTER TABLE "ride_corridors" ALTER COLUMN "route_id" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "ride_corridors" ALTER COLUMN "arrives_at" SET NOT NULL;--> statement-breakpoint
ALTER TABLE "ride_corridors" ADD CONSTRAINT "ride_corridors_route_id_routes_id_fk" FOREIGN KEY ("route_id") REFERENCES "public"."routes"("id") ON DELETE no action ON UPDATE no action;
