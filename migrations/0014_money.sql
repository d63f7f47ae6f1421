CREATE TABLE "ledger_balances" (
	"account" text NOT NULL,
	"owner_id" uuid NOT NULL,
	"currency" text NOT NULL,
	"balance" bigint NOT NULL,
	CONSTRAINT "ledger_balances_owner_id_account_currency_pk" PRIMARY KEY("owner_id","account","currency"),
	CONSTRAINT "ledger_balances_account_check" CHECK ("ledger_balances"."account" in ('passenger', 'driver')),
	CONSTRAINT "ledger_balances_no_overdraft" CHECK ("ledger_balances"."balance" >= 0)
);
--> statement-breakpoint
CREATE TABLE "ledger_entries" (
	"transaction_id" uuid NOT NULL,
	"line" smallint NOT NULL,
	"account" text NOT NULL,
	"owner_id" uuid,
	"currency" text NOT NULL,
	"amount" bigint NOT NULL,
	"available_at" timestamp (3) with time zone,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "ledger_entries_transaction_id_line_pk" PRIMARY KEY("transaction_id","line"),
	CONSTRAINT "ledger_entries_account_check" CHECK ("ledger_entries"."account" in ('passenger', 'driver', 'fee', 'tax', 'gateway', 'bank', 'refunds', 'payouts', 'costs')),
	CONSTRAINT "ledger_entries_owner_check" CHECK (("ledger_entries"."account" in ('passenger', 'driver')) = ("ledger_entries"."owner_id" is not null)),
	CONSTRAINT "ledger_entries_not_zero" CHECK ("ledger_entries"."amount" <> 0),
	CONSTRAINT "ledger_entries_currency_check" CHECK ("ledger_entries"."currency" = 'INR'),
	CONSTRAINT "ledger_entries_held_check" CHECK ("ledger_entries"."available_at" is null or "ledger_entries"."amount" > 0)
);
--> statement-breakpoint
CREATE TABLE "ledger_transactions" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"reference" uuid NOT NULL,
	"booking_id" uuid,
	"reverses" uuid,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "ledger_transactions_kind_check" CHECK ("ledger_transactions"."kind" in ('capture', 'settlement', 'refund', 'refund_paid', 'refund_failed', 'payout', 'payout_paid', 'payout_returned', 'payout_reversed', 'correction'))
);
--> statement-breakpoint
CREATE TABLE "money_findings" (
	"id" uuid PRIMARY KEY NOT NULL,
	"kind" text NOT NULL,
	"reference" text NOT NULL,
	"detail" text NOT NULL,
	"found_at" timestamp (3) with time zone NOT NULL,
	"resolved_at" timestamp (3) with time zone,
	"resolved_by" uuid,
	"note" text
);
--> statement-breakpoint
CREATE TABLE "payment_orders" (
	"id" uuid PRIMARY KEY NOT NULL,
	"booking_id" uuid NOT NULL,
	"payer_id" uuid NOT NULL,
	"amount" integer NOT NULL,
	"currency" text NOT NULL,
	"state" text NOT NULL,
	"gateway_order_id" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	"check_at" timestamp (3) with time zone,
	CONSTRAINT "payment_orders_state_check" CHECK ("payment_orders"."state" in ('new', 'open', 'paid', 'closed')),
	CONSTRAINT "payment_orders_amount_check" CHECK ("payment_orders"."amount" > 0),
	CONSTRAINT "payment_orders_currency_check" CHECK ("payment_orders"."currency" = 'INR'),
	CONSTRAINT "payment_orders_open_known" CHECK ("payment_orders"."state" = 'new' or "payment_orders"."gateway_order_id" is not null or "payment_orders"."state" = 'closed')
);
--> statement-breakpoint
CREATE TABLE "payments" (
	"id" uuid PRIMARY KEY NOT NULL,
	"order_id" uuid NOT NULL,
	"booking_id" uuid NOT NULL,
	"gateway_payment_id" text NOT NULL,
	"amount" integer NOT NULL,
	"state" text NOT NULL,
	"captured" integer DEFAULT 0 NOT NULL,
	"refunded" integer DEFAULT 0 NOT NULL,
	"gateway_fee" integer DEFAULT 0 NOT NULL,
	"surplus" boolean DEFAULT false NOT NULL,
	"method" text,
	"failure" text,
	"settled_at" timestamp (3) with time zone,
	"captured_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "payments_state_check" CHECK ("payments"."state" in ('failed', 'authorized', 'captured')),
	CONSTRAINT "payments_refund_within_capture" CHECK ("payments"."refunded" between 0 and "payments"."captured"),
	CONSTRAINT "payments_capture_check" CHECK (case when "payments"."state" = 'captured' then "payments"."captured" = "payments"."amount" and "payments"."captured_at" is not null else "payments"."captured" = 0 end),
	CONSTRAINT "payments_amount_check" CHECK ("payments"."amount" > 0 and "payments"."gateway_fee" between 0 and "payments"."amount")
);
--> statement-breakpoint
CREATE TABLE "receipt_counters" (
	"series" text NOT NULL,
	"financial_year" smallint NOT NULL,
	"last_number" integer NOT NULL,
	CONSTRAINT "receipt_counters_series_financial_year_pk" PRIMARY KEY("series","financial_year"),
	CONSTRAINT "receipt_counters_series_check" CHECK ("receipt_counters"."series" in ('receipt', 'credit_note'))
);
--> statement-breakpoint
CREATE TABLE "receipts" (
	"series" text NOT NULL,
	"financial_year" smallint NOT NULL,
	"number" integer NOT NULL,
	"payment_id" uuid NOT NULL,
	"refund_id" uuid,
	"amount" integer NOT NULL,
	"fare_amount" integer NOT NULL,
	"fee_amount" integer NOT NULL,
	"tax_amount" integer NOT NULL,
	"issued_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "receipts_series_financial_year_number_pk" PRIMARY KEY("series","financial_year","number"),
	CONSTRAINT "receipts_series_check" CHECK ("receipts"."series" in ('receipt', 'credit_note')),
	CONSTRAINT "receipts_series_of" CHECK (("receipts"."series" = 'credit_note') = ("receipts"."refund_id" is not null)),
	CONSTRAINT "receipts_number_check" CHECK ("receipts"."number" > 0),
	CONSTRAINT "receipts_adds_up" CHECK ("receipts"."amount" = "receipts"."fare_amount" + "receipts"."fee_amount" + "receipts"."tax_amount")
);
--> statement-breakpoint
CREATE TABLE "refunds" (
	"id" uuid PRIMARY KEY NOT NULL,
	"payment_id" uuid NOT NULL,
	"booking_id" uuid NOT NULL,
	"amount" integer NOT NULL,
	"cause" text NOT NULL,
	"bearer" text NOT NULL,
	"note" text,
	"requested_by" uuid,
	"state" text NOT NULL,
	"gateway_refund_id" text,
	"failure" text,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"try_at" timestamp (3) with time zone,
	"created_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "refunds_amount_check" CHECK ("refunds"."amount" > 0),
	CONSTRAINT "refunds_state_check" CHECK ("refunds"."state" in ('requested', 'sent', 'processed', 'failed')),
	CONSTRAINT "refunds_cause_check" CHECK ("refunds"."cause" in ('ending', 'surplus', 'goodwill')),
	CONSTRAINT "refunds_bearer_check" CHECK ("refunds"."bearer" in ('passenger', 'driver', 'platform')),
	CONSTRAINT "refunds_end_check" CHECK (("refunds"."state" in ('processed', 'failed')) = ("refunds"."try_at" is null))
);
--> statement-breakpoint
CREATE TABLE "webhook_events" (
	"id" text PRIMARY KEY NOT NULL,
	"event" text NOT NULL,
	"body" text NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"try_at" timestamp (3) with time zone,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"outcome" text
);
--> statement-breakpoint
CREATE TABLE "payout_approvals" (
	"payout_id" uuid NOT NULL,
	"approver_id" uuid NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "payout_approvals_payout_id_approver_id_pk" PRIMARY KEY("payout_id","approver_id")
);
--> statement-breakpoint
CREATE TABLE "payout_methods" (
	"id" uuid PRIMARY KEY NOT NULL,
	"driver_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"details_sealed" text,
	"details_hash" text,
	"last_four" text NOT NULL,
	"gateway_fund_account_id" text,
	"created_at" timestamp (3) with time zone NOT NULL,
	"removed_at" timestamp (3) with time zone,
	CONSTRAINT "payout_methods_kind_check" CHECK ("payout_methods"."kind" in ('upi', 'bank'))
);
--> statement-breakpoint
CREATE TABLE "payouts" (
	"id" uuid PRIMARY KEY NOT NULL,
	"driver_id" uuid NOT NULL,
	"method_id" uuid NOT NULL,
	"amount" integer NOT NULL,
	"currency" text NOT NULL,
	"state" text NOT NULL,
	"rail" text NOT NULL,
	"approvals_needed" smallint NOT NULL,
	"gateway_payout_id" text,
	"bank_reference" text,
	"failure" text,
	"attempts" smallint DEFAULT 0 NOT NULL,
	"try_at" timestamp (3) with time zone,
	"requested_at" timestamp (3) with time zone NOT NULL,
	"updated_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "payouts_state_check" CHECK ("payouts"."state" in ('waiting', 'approved', 'sent', 'paid', 'failed', 'rejected', 'reversed')),
	CONSTRAINT "payouts_rail_check" CHECK ("payouts"."rail" in ('gateway', 'manual')),
	CONSTRAINT "payouts_amount_check" CHECK ("payouts"."amount" > 0),
	CONSTRAINT "payouts_currency_check" CHECK ("payouts"."currency" = 'INR'),
	CONSTRAINT "payouts_approvals_check" CHECK ("payouts"."approvals_needed" between 0 and 2)
);
--> statement-breakpoint
ALTER TABLE "booking_transitions" DROP CONSTRAINT "booking_transitions_state_check";--> statement-breakpoint
ALTER TABLE "bookings" DROP CONSTRAINT "bookings_state_check";--> statement-breakpoint
ALTER TABLE "bookings" DROP CONSTRAINT "bookings_pending_expires";--> statement-breakpoint
DROP INDEX "bookings_one_active";--> statement-breakpoint
DROP INDEX "bookings_holds_idx";--> statement-breakpoint
DROP INDEX "messages_flagged_idx";--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "fee_amount" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "pay_with" text DEFAULT 'cash' NOT NULL;--> statement-breakpoint
ALTER TABLE "bookings" ADD COLUMN "same_gender" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "flag_handled_at" timestamp (3) with time zone;--> statement-breakpoint
ALTER TABLE "messages" ADD COLUMN "flag_handled_by" uuid;--> statement-breakpoint
ALTER TABLE "routes" ADD COLUMN "cash_accepted" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_transaction_id_ledger_transactions_id_fk" FOREIGN KEY ("transaction_id") REFERENCES "public"."ledger_transactions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_transactions" ADD CONSTRAINT "ledger_transactions_reverses_ledger_transactions_id_fk" FOREIGN KEY ("reverses") REFERENCES "public"."ledger_transactions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "money_findings" ADD CONSTRAINT "money_findings_resolved_by_users_id_fk" FOREIGN KEY ("resolved_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_orders" ADD CONSTRAINT "payment_orders_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payment_orders" ADD CONSTRAINT "payment_orders_payer_id_users_id_fk" FOREIGN KEY ("payer_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_order_id_payment_orders_id_fk" FOREIGN KEY ("order_id") REFERENCES "public"."payment_orders"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payments" ADD CONSTRAINT "payments_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "receipts" ADD CONSTRAINT "receipts_refund_id_refunds_id_fk" FOREIGN KEY ("refund_id") REFERENCES "public"."refunds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_payment_id_payments_id_fk" FOREIGN KEY ("payment_id") REFERENCES "public"."payments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_booking_id_bookings_id_fk" FOREIGN KEY ("booking_id") REFERENCES "public"."bookings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "refunds" ADD CONSTRAINT "refunds_requested_by_users_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payout_approvals" ADD CONSTRAINT "payout_approvals_payout_id_payouts_id_fk" FOREIGN KEY ("payout_id") REFERENCES "public"."payouts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payout_approvals" ADD CONSTRAINT "payout_approvals_approver_id_users_id_fk" FOREIGN KEY ("approver_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payout_methods" ADD CONSTRAINT "payout_methods_driver_id_drivers_user_id_fk" FOREIGN KEY ("driver_id") REFERENCES "public"."drivers"("user_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payouts" ADD CONSTRAINT "payouts_driver_id_drivers_user_id_fk" FOREIGN KEY ("driver_id") REFERENCES "public"."drivers"("user_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "payouts" ADD CONSTRAINT "payouts_method_id_payout_methods_id_fk" FOREIGN KEY ("method_id") REFERENCES "public"."payout_methods"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "ledger_entries_owner_idx" ON "ledger_entries" USING btree ("owner_id","account","at","transaction_id") WHERE "ledger_entries"."owner_id" is not null;--> statement-breakpoint
CREATE INDEX "ledger_entries_platform_idx" ON "ledger_entries" USING btree ("account","currency","at","amount") WHERE "ledger_entries"."owner_id" is null;--> statement-breakpoint
CREATE INDEX "ledger_entries_held_idx" ON "ledger_entries" USING btree ("owner_id","available_at","amount") WHERE "ledger_entries"."available_at" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_transactions_reference_key" ON "ledger_transactions" USING btree ("kind","reference");--> statement-breakpoint
CREATE UNIQUE INDEX "ledger_transactions_reverses_key" ON "ledger_transactions" USING btree ("reverses");--> statement-breakpoint
CREATE INDEX "ledger_transactions_booking_idx" ON "ledger_transactions" USING btree ("booking_id") WHERE "ledger_transactions"."booking_id" is not null;--> statement-breakpoint
CREATE INDEX "ledger_transactions_at_idx" ON "ledger_transactions" USING btree ("at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "money_findings_one_open" ON "money_findings" USING btree ("kind","reference") WHERE "money_findings"."resolved_at" is null;--> statement-breakpoint
CREATE INDEX "money_findings_found_idx" ON "money_findings" USING btree ("found_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "payment_orders_gateway_key" ON "payment_orders" USING btree ("gateway_order_id");--> statement-breakpoint
CREATE UNIQUE INDEX "payment_orders_one_open" ON "payment_orders" USING btree ("booking_id") WHERE "payment_orders"."state" in ('new', 'open');--> statement-breakpoint
CREATE INDEX "payment_orders_booking_idx" ON "payment_orders" USING btree ("booking_id","id");--> statement-breakpoint
CREATE INDEX "payment_orders_check_idx" ON "payment_orders" USING btree ("check_at") WHERE "payment_orders"."check_at" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "payments_gateway_payment_id_key" ON "payments" USING btree ("gateway_payment_id");--> statement-breakpoint
CREATE UNIQUE INDEX "payments_one_capture" ON "payments" USING btree ("booking_id") WHERE "payments"."state" = 'captured' and not "payments"."surplus";--> statement-breakpoint
CREATE INDEX "payments_order_idx" ON "payments" USING btree ("order_id");--> statement-breakpoint
CREATE INDEX "payments_booking_idx" ON "payments" USING btree ("booking_id","id");--> statement-breakpoint
CREATE INDEX "payments_unsettled_idx" ON "payments" USING btree ("captured_at") WHERE "payments"."state" = 'captured' and "payments"."settled_at" is null;--> statement-breakpoint
CREATE INDEX "payments_captured_idx" ON "payments" USING btree ("captured_at") WHERE "payments"."captured_at" is not null;--> statement-breakpoint
CREATE UNIQUE INDEX "receipts_payment_key" ON "receipts" USING btree ("payment_id") WHERE "receipts"."series" = 'receipt';--> statement-breakpoint
CREATE UNIQUE INDEX "receipts_refund_key" ON "receipts" USING btree ("refund_id");--> statement-breakpoint
CREATE INDEX "receipts_payment_idx" ON "receipts" USING btree ("payment_id");--> statement-breakpoint
CREATE UNIQUE INDEX "refunds_gateway_refund_id_key" ON "refunds" USING btree ("gateway_refund_id");--> statement-breakpoint
CREATE UNIQUE INDEX "refunds_one_per_ending" ON "refunds" USING btree ("payment_id") WHERE "refunds"."cause" <> 'goodwill' and "refunds"."state" <> 'failed';--> statement-breakpoint
CREATE INDEX "refunds_payment_idx" ON "refunds" USING btree ("payment_id","id");--> statement-breakpoint
CREATE INDEX "refunds_booking_idx" ON "refunds" USING btree ("booking_id");--> statement-breakpoint
CREATE INDEX "refunds_due_idx" ON "refunds" USING btree ("try_at") WHERE "refunds"."try_at" is not null;--> statement-breakpoint
CREATE INDEX "webhook_events_due_idx" ON "webhook_events" USING btree ("try_at") WHERE "webhook_events"."try_at" is not null;--> statement-breakpoint
CREATE INDEX "webhook_events_received_idx" ON "webhook_events" USING btree ("received_at");--> statement-breakpoint
CREATE UNIQUE INDEX "payout_methods_details_key" ON "payout_methods" USING btree ("driver_id","details_hash") WHERE "payout_methods"."removed_at" is null;--> statement-breakpoint
CREATE INDEX "payout_methods_driver_idx" ON "payout_methods" USING btree ("driver_id","id");--> statement-breakpoint
CREATE UNIQUE INDEX "payouts_gateway_payout_id_key" ON "payouts" USING btree ("gateway_payout_id");--> statement-breakpoint
CREATE INDEX "payouts_driver_idx" ON "payouts" USING btree ("driver_id","id");--> statement-breakpoint
CREATE INDEX "payouts_method_idx" ON "payouts" USING btree ("method_id");--> statement-breakpoint
CREATE INDEX "payouts_waiting_idx" ON "payouts" USING btree ("requested_at","id") WHERE "payouts"."state" in ('waiting', 'approved', 'sent');--> statement-breakpoint
CREATE INDEX "payouts_due_idx" ON "payouts" USING btree ("try_at") WHERE "payouts"."try_at" is not null;--> statement-breakpoint
ALTER TABLE "messages" ADD CONSTRAINT "messages_flag_handled_by_users_id_fk" FOREIGN KEY ("flag_handled_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "bookings_one_active" ON "bookings" USING btree ("ride_id","passenger_id") WHERE "bookings"."state" in ('offered', 'unpaid', 'pending', 'confirmed', 'boarded');--> statement-breakpoint
CREATE INDEX "bookings_holds_idx" ON "bookings" USING btree ("expires_at") WHERE "bookings"."state" in ('offered', 'unpaid', 'pending');--> statement-breakpoint
CREATE INDEX "messages_flagged_idx" ON "messages" USING btree ("created_at") WHERE "messages"."flag" is not null and "messages"."flag_handled_at" is null;--> statement-breakpoint
ALTER TABLE "booking_transitions" ADD CONSTRAINT "booking_transitions_state_check" CHECK ("booking_transitions"."state" in ('offered', 'unpaid', 'pending', 'confirmed', 'boarded', 'completed', 'rejected', 'cancelled', 'expired', 'no_show'));--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_pay_with_check" CHECK ("bookings"."pay_with" in ('cash', 'online'));--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_fee_check" CHECK ("bookings"."fee_amount" >= 0 and ("bookings"."pay_with" = 'online' or "bookings"."fee_amount" = 0));--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_unpaid_online" CHECK ("bookings"."state" <> 'unpaid' or "bookings"."pay_with" = 'online');--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_state_check" CHECK ("bookings"."state" in ('offered', 'unpaid', 'pending', 'confirmed', 'boarded', 'completed', 'rejected', 'cancelled', 'expired', 'no_show'));--> statement-breakpoint
ALTER TABLE "bookings" ADD CONSTRAINT "bookings_pending_expires" CHECK ("bookings"."state" not in ('offered', 'unpaid', 'pending') or "bookings"."expires_at" is not null);