-- A named seat has one person on each leg.
ALTER TABLE "booking_seats" ADD CONSTRAINT "booking_seats_no_overlap"
  EXCLUDE USING gist ("ride_id" WITH =, "seat" WITH =, "legs" WITH &&) WHERE ("holds");
