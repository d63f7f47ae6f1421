-- A driver is in one place at a time: active rides of one driver do not overlap.
ALTER TABLE "rides" ADD CONSTRAINT "rides_driver_overlap"
  EXCLUDE USING gist ("driver_id" WITH =, tstzrange("departs_at", "arrives_at") WITH &&)
  WHERE ("status" IN ('scheduled', 'started'));
