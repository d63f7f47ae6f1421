CREATE TABLE "booking_seats" (
	"booking_id" uuid NOT NULL,
	"seat" text NOT NULL,
	"ride_id" uuid NOT NULL,
	"legs" "int4range" NOT NULL,
	"holds" boolean NOT NULL,
	CONSTRAINT "booking_seats_booking_id_seat_pk" PRIMARY KEY("booking_id","seat")
);
--> statement-breakpoint
CREATE TABLE "booking_transitions" (
	"booking_id" uuid NOT NULL,
	"step" smallint NOT NULL,
	"state" text NOT NULL,
	"actor_id" uuid,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "booking_transitions_booking_id_step_pk" PRIMARY KEY("booking_id","step"),
	CONSTRAINT "booking_transitions_state_check" CHECK ("booking_transitions"."state" in ('offered', 'pending', 'confirmed', 'boarded', 'completed', 'rejected', 'cancelled', 'expired', 'no_show'))
);
--> statement-breakpoint
CREATE TABLE "cancellation_policies" (
	"version" smallint PRIMARY KEY NOT NULL,
	"rule" jsonb NOT NULL,
	"valid_from" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
-- Bookings that exist were made under this rule: all back until confirmed; then the fare but not the fee until a day
-- before the pickup, and half the fare after that; nothing to who did not come.
INSERT INTO "cancellation_policies" ("version", "rule", "valid_from") VALUES
  (1, '{"freeSecondsBefore": 86400, "lateShare": 0.5}', '2026-01-01T00:00:00Z');
--> statement-breakpoint
CREATE TABLE "waitlist_entries" (
	"id" uuid PRIMARY KEY NOT NULL,
	"ride_id" uuid NOT NULL,
	"passenger_id" uuid NOT NULL,
	"offer" jsonb NOT NULL,
	"seats" smallint NOT NULL,
	"leg_from" smallint NOT NULL,
	"leg_to" smallint NOT NULL,
	"state" text NOT NULL,
	"booking_id" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "waitlist_entries_state_check" CHECK ("waitlist_entries"."state" in ('waiting', 'offered', 'booked', 'left', 'lapsed')),
	CONSTRAINT "waitlist_entries_legs_check" CHECK ("waitlist_entries"."leg_from" >= 0 and "waitlist_entries"."leg_from" < "waitlist_entries"."leg_to")
);
--> statement-breakpoint
CREATE TABLE "ride_changes" (
	"id" uuid PRIMARY KEY NOT NULL,
	"ride_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"material" boolean NOT NULL,
	"details" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "ride_changes_kind_check" CHECK ("ride_changes"."kind" in ('departure', 'vehicle', 'notes', 'luggage', 'seats'))
);
--> statement-breakpoint
CREATE TABLE "popular_trips" (
	"from_cell" text NOT NULL,
	"to_cell" text NOT NULL,
	"week" date NOT NULL,
	"searches" integer DEFAULT 0 NOT NULL,
	"bookings" integer DEFAULT 0 NOT NULL,
	CONSTRAINT "popular_trips_week_from_cell_to_cell_pk" PRIMARY KEY("week","from_cell","to_cell")
);
--> statement-breakpoint
CREATE TABLE "route_schedules" (
	"route_id" uuid PRIMARY KEY NOT NULL,
	"weekdays" smallint[] NOT NULL,
	"departs" time NOT NULL,
	"valid_from" date NOT NULL,
	"valid_until" date,
	"made_until" date,
	CONSTRAINT "route_schedules_weekdays_check" CHECK ("route_schedules"."weekdays" <@ array[1,2,3,4,5,6,7]::smallint[] and cardinality("route_schedules"."weekdays") between 1 and 7),
	CONSTRAINT "route_schedules_validity_check" CHECK ("route_schedules"."valid_until" is null or "route_schedules"."valid_until" >= "route_schedules"."valid_from")
);
--> statement-breakpoint
CREATE TABLE "schedule_exceptions" (
	"route_id" uuid NOT NULL,
	"day" date NOT NULL,
	"departs" time,
	CONSTRAINT "schedule_exceptions_route_id_day_pk" PRIMARY KEY("route_id","day")
);
--> statement-breakpoint
ALTER TABLE "bookings" DROP CONSTRAINT "bookings_state_check";--> statement-breakpoint
ALTER TABLE "bookings" DROP CONSTRAINT "bookings_pending_expires";--> statement-breakpoint
DROP INDEX "bookings_one_active";--> statement-breakpoint
DROP INDEX "bookings_holds_idx";--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "policy_version" smallint DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "rides" ADD COLUMN "schedule_day" date;--> statement-breakpoint
ALTER TABLE "routes" ADD COLUMN "luggage" text DEFAULT 'medium' NOT NULL;--> statement-breakpoint
ALTER TABLE "routes" ADD COLUMN "women_only" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "routes" ADD COLUMN "detour_seconds" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "routes" ADD COLUMN "amenities" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "routes" ADD COLUMN "return_of" uuid;--> statement-breakpoint
ALTER TABLE "routes" ADD COLUMN "updated_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "booking_seats" ADD CONSTRAINT "booking_seats_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "booking_seats" ADD CONSTRAINT "booking_seats_ride_id_rides_id_fk" FOREIGN KEY ("ride_id") REFERENCES "public"."rides"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "booking_transitions" ADD CONSTRAINT "booking_transitions_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waitlist_entries" ADD CONSTRAINT "waitlist_entries_ride_id_rides_id_fk" FOREIGN KEY ("ride_id") REFERENCES "public"."rides"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waitlist_entries" ADD CONSTRAINT "waitlist_entries_passenger_id_users_id_fk" FOREIGN KEY ("passenger_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "waitlist_entries" ADD CONSTRAINT "waitlist_entries_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ride_changes" ADD CONSTRAINT "ride_changes_ride_id_rides_id_fk" FOREIGN KEY ("ride_id") REFERENCES "public"."rides"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "route_schedules" ADD CONSTRAINT "route_schedules_route_id_routes_id_fk" FOREIGN KEY ("route_id") REFERENCES "public"."routes"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "schedule_exceptions" ADD CONSTRAINT "schedule_exceptions_route_id_route_schedules_route_id_fk" FOREIGN KEY ("route_id") REFERENCES "public"."route_schedules"("route_id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "waitlist_entries_one_open" ON "waitlist_entries" USING btree ("ride_id","passenger_id") WHERE "waitlist_entries"."state" in ('waiting', 'offered');--> statement-breakpoint
CREATE INDEX "waitlist_entries_ride_idx" ON "waitlist_entries" USING btree ("ride_id","id") WHERE "waitlist_entries"."state" = 'waiting';--> statement-breakpoint
CREATE INDEX "waitlist_entries_passenger_idx" ON "waitlist_entries" USING btree ("passenger_id","id");--> statement-breakpoint
CREATE INDEX "ride_changes_ride_idx" ON "ride_changes" USING btree ("ride_id","at");--> statement-breakpoint
CREATE INDEX "route_schedules_due_idx" ON "route_schedules" USING btree ("made_until");--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_policy_version_cancellation_policies_version_fk" FOREIGN KEY ("policy_version") REFERENCES "public"."cancellation_policies"("version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "routes" ADD CONSTRAINT "routes_return_of_routes_id_fk" FOREIGN KEY ("return_of") REFERENCES "public"."routes"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "rides_schedule_day_key" ON "rides" USING btree ("route_id","schedule_day");--> statement-breakpoint
CREATE INDEX "routes_return_idx" ON "routes" USING btree ("return_of");--> statement-breakpoint
CREATE UNIQUE INDEX "bookings_one_active" ON "bookings" USING btree ("ride_id","passenger_id") WHERE "bookings"."state" in ('offered', 'pending', 'confirmed', 'boarded');--> statement-breakpoint
CREATE INDEX "bookings_holds_idx" ON "bookings" USING btree ("expires_at") WHERE "bookings"."state" in ('offered', 'pending');--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_state_check" CHECK ("bookings"."state" in ('offered', 'pending', 'confirmed', 'boarded', 'completed', 'rejected', 'cancelled', 'expired', 'no_show'));--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_pending_expires" CHECK ("bookings"."state" not in ('offered', 'pending') or "bookings"."expires_at" is not null);--> statement-breakpoint
ALTER TABLE "routes" ADD CONSTRAINT "routes_luggage_check" CHECK ("routes"."luggage" in ('none', 'small', 'medium', 'large'));--> statement-breakpoint
ALTER TABLE "routes" ADD CONSTRAINT "routes_amenities_check" CHECK ("routes"."amenities" <@ array['air_conditioning', 'boot_space', 'child_seat', 'music', 'pets_allowed', 'phone_charger', 'wheelchair_access']);--> statement-breakpoint
ALTER TABLE "routes" ADD CONSTRAINT "routes_detour_check" CHECK ("routes"."detour_seconds" between 0 and 3600);