-- PostGIS for positions and paths; btree_gist so that an exclusion constraint can compare ids and time ranges.
CREATE EXTENSION IF NOT EXISTS postgis;
--> statement-breakpoint
CREATE EXTENSION IF NOT EXISTS btree_gist;
