CREATE TABLE "alerts" (
	"saved_search_id" uuid NOT NULL,
	"ride_id" uuid NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "alerts_saved_search_id_ride_id_pk" PRIMARY KEY("saved_search_id","ride_id")
);
--> statement-breakpoint
CREATE TABLE "saved_searches" (
	"id" uuid PRIMARY KEY NOT NULL,
	"user_id" uuid NOT NULL,
	"pickup_lat" double precision NOT NULL,
	"pickup_lng" double precision NOT NULL,
	"pickup_name" text NOT NULL,
	"dropoff_lat" double precision NOT NULL,
	"dropoff_lng" double precision NOT NULL,
	"dropoff_name" text NOT NULL,
	"pickup" "geography" NOT NULL,
	"radius_metres" integer NOT NULL,
	"earliest" timestamp (3) with time zone NOT NULL,
	"latest" timestamp (3) with time zone NOT NULL,
	"seats" smallint NOT NULL,
	"filters" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"matched_at" timestamp (3) with time zone,
	CONSTRAINT "saved_searches_pickup_is_point" CHECK (GeometryType("saved_searches"."pickup"::geometry) = 'POINT'),
	CONSTRAINT "saved_searches_window" CHECK ("saved_searches"."earliest" <= "saved_searches"."latest"),
	CONSTRAINT "saved_searches_seats_check" CHECK ("saved_searches"."seats" between 1 and 8),
	CONSTRAINT "saved_searches_radius_check" CHECK ("saved_searches"."radius_metres" between 1 and 25000)
);
--> statement-breakpoint
ALTER TABLE "rides" ADD COLUMN "matched_at" timestamp (3) with time zone;--> statement-breakpoint
-- Rides that are there already are no news to a search that is saved later.
UPDATE "rides" SET "matched_at" = "created_at";--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_saved_search_id_saved_searches_id_fk" FOREIGN KEY ("saved_search_id") REFERENCES "public"."saved_searches"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "alerts" ADD CONSTRAINT "alerts_ride_id_rides_id_fk" FOREIGN KEY ("ride_id") REFERENCES "public"."rides"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_searches" ADD CONSTRAINT "saved_searches_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "alerts_ride_idx" ON "alerts" USING btree ("ride_id");--> statement-breakpoint
CREATE INDEX "saved_searches_user_idx" ON "saved_searches" USING btree ("user_id","id");--> statement-breakpoint
CREATE INDEX "saved_searches_pickup_idx" ON "saved_searches" USING gist ("pickup");--> statement-breakpoint
CREATE INDEX "saved_searches_latest_idx" ON "saved_searches" USING btree ("latest");--> statement-breakpoint
CREATE INDEX "saved_searches_unmatched_idx" ON "saved_searches" USING btree ("id") WHERE "saved_searches"."matched_at" is null;--> statement-breakpoint
CREATE INDEX "rides_unmatched_idx" ON "rides" USING btree ("id") WHERE "rides"."matched_at" is null and "rides"."status" = 'scheduled';