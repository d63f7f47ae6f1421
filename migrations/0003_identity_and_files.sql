CREATE TABLE "document_reminders" (
	"document_id" uuid NOT NULL,
	"days_before" smallint NOT NULL,
	"sent_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "document_reminders_document_id_days_before_pk" PRIMARY KEY("document_id","days_before")
);
--> statement-breakpoint
CREATE TABLE "document_requirements" (
	"region" text NOT NULL,
	"vehicle_kind" text NOT NULL,
	"kind" text NOT NULL,
	"mandatory" boolean NOT NULL,
	"expires" boolean NOT NULL,
	"numbered" boolean NOT NULL,
	CONSTRAINT "document_requirements_region_vehicle_kind_kind_pk" PRIMARY KEY("region","vehicle_kind","kind"),
	CONSTRAINT "document_requirements_region_check" CHECK ("document_requirements"."region" ~ '^IN(-[A-Z]{2})?$'),
	CONSTRAINT "document_requirements_kind_check" CHECK ("document_requirements"."kind" in ('driving_licence', 'identity', 'registration', 'insurance', 'permit', 'pollution_certificate'))
);
--> statement-breakpoint
CREATE TABLE "documents" (
	"id" uuid PRIMARY KEY NOT NULL,
	"driver_id" uuid NOT NULL,
	"vehicle_id" uuid,
	"kind" text NOT NULL,
	"number_sealed" text,
	"number_last4" text,
	"expires_on" date,
	"state" text NOT NULL,
	"reason" text,
	"file_id" uuid,
	"created_at" timestamp (3) with time zone NOT NULL,
	"reviewed_at" timestamp (3) with time zone,
	"reviewed_by" uuid,
	"ended_at" timestamp (3) with time zone,
	CONSTRAINT "documents_kind_check" CHECK ("documents"."kind" in ('driving_licence', 'identity', 'registration', 'insurance', 'permit', 'pollution_certificate')),
	CONSTRAINT "documents_state_check" CHECK ("documents"."state" in ('pending', 'valid', 'rejected', 'expired', 'replaced')),
	CONSTRAINT "documents_reason_check" CHECK (("documents"."state" = 'rejected') = ("documents"."reason" is not null)),
	CONSTRAINT "documents_number_check" CHECK (("documents"."number_sealed" is null) = ("documents"."number_last4" is null))
);
--> statement-breakpoint
CREATE TABLE "seat_maps" (
	"vehicle_id" uuid NOT NULL,
	"version" smallint NOT NULL,
	"rows" smallint NOT NULL,
	"columns" smallint NOT NULL,
	"seats" jsonb NOT NULL,
	"capacity" smallint NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "seat_maps_vehicle_id_version_pk" PRIMARY KEY("vehicle_id","version"),
	CONSTRAINT "seat_maps_capacity_check" CHECK ("seat_maps"."capacity" between 1 and 50)
);
--> statement-breakpoint
CREATE TABLE "file_variants" (
	"file_id" uuid NOT NULL,
	"name" text NOT NULL,
	"media_type" text NOT NULL,
	"bytes" integer NOT NULL,
	"sha256" text NOT NULL,
	CONSTRAINT "file_variants_file_id_name_pk" PRIMARY KEY("file_id","name"),
	CONSTRAINT "file_variants_bytes_check" CHECK ("file_variants"."bytes" > 0)
);
--> statement-breakpoint
CREATE TABLE "files" (
	"id" uuid PRIMARY KEY NOT NULL,
	"owner_id" uuid NOT NULL,
	"purpose" text NOT NULL,
	"state" text NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"ready_at" timestamp (3) with time zone,
	"deleted_at" timestamp (3) with time zone,
	CONSTRAINT "files_purpose_check" CHECK ("files"."purpose" in ('avatar', 'driver_document', 'vehicle_document')),
	CONSTRAINT "files_state_check" CHECK ("files"."state" in ('pending', 'ready', 'deleted'))
);
--> statement-breakpoint
CREATE TABLE "audit_events" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"actor_id" uuid NOT NULL,
	"action" text NOT NULL,
	"subject" uuid NOT NULL,
	"details" jsonb NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "staff_roles" (
	"user_id" uuid NOT NULL,
	"role" text NOT NULL,
	"granted_by" uuid NOT NULL,
	"granted_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "staff_roles_user_id_role_pk" PRIMARY KEY("user_id","role"),
	CONSTRAINT "staff_roles_role_check" CHECK ("staff_roles"."role" in ('reviewer', 'operator', 'finance', 'administrator'))
);
--> statement-breakpoint
CREATE TABLE "trusted_contacts" (
	"user_id" uuid NOT NULL,
	"place" smallint NOT NULL,
	"name" text NOT NULL,
	"phone" text NOT NULL,
	CONSTRAINT "trusted_contacts_user_id_place_pk" PRIMARY KEY("user_id","place"),
	CONSTRAINT "trusted_contacts_place_check" CHECK ("trusted_contacts"."place" between 1 and 5)
);
--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "answered_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "vehicles" ADD COLUMN "kind" text DEFAULT 'sedan' NOT NULL;--> statement-breakpoint
ALTER TABLE "vehicles" ADD COLUMN "features" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "vehicles" ADD COLUMN "seat_map_version" smallint;--> statement-breakpoint
ALTER TABLE "vehicles" ADD COLUMN "updated_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "rides" ADD COLUMN "seat_map_version" smallint;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "gender" text;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "notification_choices" jsonb DEFAULT '{"push":true,"sms":true,"offers":false}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "document_reminders" ADD CONSTRAINT "document_reminders_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_driver_id_drivers_user_id_fk" FOREIGN KEY ("driver_id") REFERENCES "public"."drivers"("user_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_vehicle_id_vehicles_id_fk" FOREIGN KEY ("vehicle_id") REFERENCES "public"."vehicles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_reviewed_by_users_id_fk" FOREIGN KEY ("reviewed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seat_maps" ADD CONSTRAINT "seat_maps_vehicle_id_vehicles_id_fk" FOREIGN KEY ("vehicle_id") REFERENCES "public"."vehicles"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "file_variants" ADD CONSTRAINT "file_variants_file_id_files_id_fk" FOREIGN KEY ("file_id") REFERENCES "public"."files"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "files" ADD CONSTRAINT "files_owner_id_users_id_fk" FOREIGN KEY ("owner_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_events" ADD CONSTRAINT "audit_events_actor_id_users_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_roles" ADD CONSTRAINT "staff_roles_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_roles" ADD CONSTRAINT "staff_roles_granted_by_users_id_fk" FOREIGN KEY ("granted_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trusted_contacts" ADD CONSTRAINT "trusted_contacts_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "documents_one_pending" ON "documents" USING btree ("driver_id",coalesce("vehicle_id", "driver_id"),"kind") WHERE "documents"."state" = 'pending';--> statement-breakpoint
CREATE UNIQUE INDEX "documents_one_valid" ON "documents" USING btree ("driver_id",coalesce("vehicle_id", "driver_id"),"kind") WHERE "documents"."state" = 'valid';--> statement-breakpoint
CREATE UNIQUE INDEX "documents_file_key" ON "documents" USING btree ("file_id");--> statement-breakpoint
CREATE INDEX "documents_waiting_idx" ON "documents" USING btree ("id") WHERE "documents"."state" = 'pending';--> statement-breakpoint
CREATE INDEX "documents_expiry_idx" ON "documents" USING btree ("expires_on") WHERE "documents"."state" = 'valid';--> statement-breakpoint
CREATE INDEX "documents_vehicle_idx" ON "documents" USING btree ("vehicle_id");--> statement-breakpoint
CREATE INDEX "files_owner_idx" ON "files" USING btree ("owner_id");--> statement-breakpoint
CREATE UNIQUE INDEX "files_one_avatar" ON "files" USING btree ("owner_id") WHERE "files"."purpose" = 'avatar' and "files"."state" = 'ready';--> statement-breakpoint
CREATE INDEX "files_pending_idx" ON "files" USING btree ("created_at") WHERE "files"."state" = 'pending';--> statement-breakpoint
CREATE INDEX "files_deleted_idx" ON "files" USING btree ("deleted_at") WHERE "files"."state" = 'deleted';--> statement-breakpoint
CREATE INDEX "audit_events_subject_idx" ON "audit_events" USING btree ("subject","at");--> statement-breakpoint
CREATE INDEX "audit_events_actor_idx" ON "audit_events" USING btree ("actor_id","at");--> statement-breakpoint
CREATE INDEX "audit_events_at_idx" ON "audit_events" USING btree ("at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "trusted_contacts_phone_key" ON "trusted_contacts" USING btree ("user_id","phone");--> statement-breakpoint
ALTER TABLE "rides" ADD CONSTRAINT "rides_seat_map_fk" FOREIGN KEY ("vehicle_id","seat_map_version") REFERENCES "public"."seat_maps"("vehicle_id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "rides_vehicle_idx" ON "rides" USING btree ("vehicle_id","departs_at");--> statement-breakpoint
ALTER TABLE "vehicles" ADD CONSTRAINT "vehicles_kind_check" CHECK ("vehicles"."kind" in ('hatchback', 'sedan', 'suv', 'van', 'auto_rickshaw', 'motorcycle'));--> statement-breakpoint
ALTER TABLE "vehicles" ADD CONSTRAINT "vehicles_features_check" CHECK ("vehicles"."features" <@ array['air_conditioning', 'boot_space', 'child_seat', 'music', 'pets_allowed', 'phone_charger', 'wheelchair_access']);--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_language_check" CHECK ("users"."language" in ('en', 'hi', 'kn', 'ta', 'te', 'mr'));--> statement-breakpoint
ALTER TABLE "users" ADD CONSTRAINT "users_gender_check" CHECK ("users"."gender" in ('female', 'male', 'other'));