CREATE TABLE "artifacts" (
	"hash" text PRIMARY KEY NOT NULL,
	"body" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "proposal_legs" (
	"proposal_id" text NOT NULL,
	"leg" integer NOT NULL,
	"asset" text NOT NULL,
	"side" text NOT NULL,
	"units" bigint NOT NULL,
	"price" double precision NOT NULL,
	"amount_minor" bigint NOT NULL,
	"amount_currency" text NOT NULL,
	"cost_minor" bigint NOT NULL,
	"cost_currency" text NOT NULL,
	CONSTRAINT "proposal_legs_proposal_id_leg_pk" PRIMARY KEY("proposal_id","leg"),
	CONSTRAINT "proposal_legs_side_check" CHECK ("proposal_legs"."side" in ('buy', 'sell')),
	CONSTRAINT "proposal_legs_units_check" CHECK ("proposal_legs"."units" > 0),
	CONSTRAINT "proposal_legs_price_check" CHECK ("proposal_legs"."price" > 0 and "proposal_legs"."price" < 'Infinity'::float8),
	CONSTRAINT "proposal_legs_money_check" CHECK ("proposal_legs"."amount_minor" >= 0 and "proposal_legs"."cost_minor" >= 0)
);
--> statement-breakpoint
CREATE TABLE "proposals" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace" text NOT NULL,
	"person" text NOT NULL,
	"recommendation_id" text NOT NULL,
	"version" integer NOT NULL,
	"hash" text NOT NULL,
	"state" text NOT NULL,
	"priced_on" integer NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"confirmed_by" text,
	"reason" text,
	"source" json NOT NULL,
	"message_key" text NOT NULL,
	"superseded_at" bigint,
	CONSTRAINT "proposals_scope_key" UNIQUE("workspace","person","id"),
	CONSTRAINT "proposals_version_check" CHECK ("proposals"."version" >= 0),
	CONSTRAINT "proposals_state_check" CHECK ("proposals"."state" in ('proposed', 'approved', 'confirmed', 'submitting', 'partly-filled', 'filled', 'failed', 'cancelled', 'declined', 'expired', 'superseded'))
);
--> statement-breakpoint
CREATE TABLE "recommendations" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace" text NOT NULL,
	"person" text NOT NULL,
	"created_at" bigint NOT NULL,
	"engine_version" text NOT NULL,
	"seed" double precision NOT NULL,
	"inputs_hash" text NOT NULL,
	"panel_hash" text NOT NULL,
	"policy" text NOT NULL,
	"result" text NOT NULL,
	"drivers" text NOT NULL,
	CONSTRAINT "recommendations_scope_key" UNIQUE("workspace","person","id"),
	CONSTRAINT "recommendations_seed_check" CHECK ("recommendations"."seed" > '-Infinity'::float8 and "recommendations"."seed" < 'Infinity'::float8)
);
--> statement-breakpoint
CREATE TABLE "audit_heads" (
	"workspace" text PRIMARY KEY NOT NULL,
	"seq" integer NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "audit_heads_seq_check" CHECK ("audit_heads"."seq" >= 1)
);
--> statement-breakpoint
CREATE TABLE "audit_payloads" (
	"workspace" text NOT NULL,
	"seq" integer NOT NULL,
	"salt" text,
	"body" text,
	"erased_at" bigint,
	CONSTRAINT "audit_payloads_workspace_seq_pk" PRIMARY KEY("workspace","seq"),
	CONSTRAINT "audit_payloads_erased_check" CHECK (("audit_payloads"."salt" is null) = ("audit_payloads"."erased_at" is not null) and ("audit_payloads"."body" is null) = ("audit_payloads"."erased_at" is not null))
);
--> statement-breakpoint
CREATE TABLE "audit_rows" (
	"workspace" text NOT NULL,
	"seq" integer NOT NULL,
	"at" bigint NOT NULL,
	"actor" text NOT NULL,
	"person" text,
	"kind" text NOT NULL,
	"payload_hash" text NOT NULL,
	"previous" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "audit_rows_workspace_seq_pk" PRIMARY KEY("workspace","seq"),
	CONSTRAINT "audit_rows_seq_check" CHECK ("audit_rows"."seq" >= 1)
);
--> statement-breakpoint
CREATE TABLE "buttons" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace" text NOT NULL,
	"person" text NOT NULL,
	"conversation" text NOT NULL,
	"message_key" text NOT NULL,
	"kind" text NOT NULL,
	"form" text,
	"initial" json,
	"act" json NOT NULL,
	"used_at" bigint,
	"used_by" text,
	CONSTRAINT "buttons_kind_check" CHECK ("buttons"."kind" in ('choice', 'select', 'form')),
	CONSTRAINT "buttons_used_check" CHECK (("buttons"."used_at" is null) = ("buttons"."used_by" is null))
);
--> statement-breakpoint
CREATE TABLE "dialogues" (
	"workspace" text NOT NULL,
	"person" text NOT NULL,
	"conversation" text NOT NULL,
	"state" json,
	"version" integer NOT NULL,
	CONSTRAINT "dialogues_workspace_person_conversation_pk" PRIMARY KEY("workspace","person","conversation"),
	CONSTRAINT "dialogues_version_check" CHECK ("dialogues"."version" >= 0)
);
--> statement-breakpoint
CREATE TABLE "inbox" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "inbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"update_key" text NOT NULL,
	"conversation" text NOT NULL,
	"platform" text NOT NULL,
	"installation" text NOT NULL,
	"identity" text NOT NULL,
	"event" json,
	"received_at" bigint NOT NULL,
	"done_at" bigint,
	"parked_at" bigint,
	"attempts" integer DEFAULT 0 NOT NULL,
	"error" text,
	"erase_when_done" boolean DEFAULT false NOT NULL,
	CONSTRAINT "inbox_update_key" UNIQUE("update_key"),
	CONSTRAINT "inbox_attempts_check" CHECK ("inbox"."attempts" >= 0)
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "outbox_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"conversation" text NOT NULL,
	"platform" text NOT NULL,
	"installation" text NOT NULL,
	"source_conversation" text NOT NULL,
	"identity" text NOT NULL,
	"inbox_id" bigint,
	"reply_key" text NOT NULL,
	"reply" json,
	"created_at" bigint NOT NULL,
	"due_at" bigint NOT NULL,
	"sent_at" bigint,
	"dead" boolean DEFAULT false NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"error" text,
	"message_ids" json,
	CONSTRAINT "outbox_attempts_check" CHECK ("outbox"."attempts" >= 0),
	CONSTRAINT "outbox_end_check" CHECK ("outbox"."sent_at" is null or not "outbox"."dead")
);
--> statement-breakpoint
CREATE TABLE "bars" (
	"source" smallint NOT NULL,
	"asset" text NOT NULL,
	"day" integer NOT NULL,
	"known_at" bigint NOT NULL,
	"open" double precision,
	"close" double precision NOT NULL,
	"volume" double precision,
	CONSTRAINT "bars_source_asset_day_known_at_pk" PRIMARY KEY("source","asset","day","known_at"),
	CONSTRAINT "bars_open_check" CHECK ("bars"."open" > 0 and "bars"."open" < 'Infinity'::float8),
	CONSTRAINT "bars_close_check" CHECK ("bars"."close" > 0 and "bars"."close" < 'Infinity'::float8),
	CONSTRAINT "bars_volume_check" CHECK ("bars"."volume" >= 0 and "bars"."volume" > '-Infinity'::float8 and "bars"."volume" < 'Infinity'::float8)
);
--> statement-breakpoint
CREATE TABLE "corporate_actions" (
	"source" smallint NOT NULL,
	"asset" text NOT NULL,
	"day" integer NOT NULL,
	"known_at" bigint NOT NULL,
	"dividend" double precision NOT NULL,
	"split" double precision NOT NULL,
	CONSTRAINT "corporate_actions_source_asset_day_known_at_pk" PRIMARY KEY("source","asset","day","known_at"),
	CONSTRAINT "corporate_actions_dividend_check" CHECK ("corporate_actions"."dividend" >= 0 and "corporate_actions"."dividend" > '-Infinity'::float8 and "corporate_actions"."dividend" < 'Infinity'::float8),
	CONSTRAINT "corporate_actions_split_check" CHECK ("corporate_actions"."split" > 0 and "corporate_actions"."split" < 'Infinity'::float8)
);
--> statement-breakpoint
CREATE TABLE "price_sources" (
	"id" smallint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "price_sources_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 32767 START WITH 1 CACHE 1),
	"name" text NOT NULL,
	CONSTRAINT "price_sources_name_key" UNIQUE("name")
);
--> statement-breakpoint
CREATE TABLE "answers" (
	"workspace" text NOT NULL,
	"person" text NOT NULL,
	"revision" integer NOT NULL,
	"questionnaire" text NOT NULL,
	"answers" json NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "answers_workspace_person_revision_pk" PRIMARY KEY("workspace","person","revision"),
	CONSTRAINT "answers_revision_check" CHECK ("answers"."revision" >= 1)
);
--> statement-breakpoint
CREATE TABLE "goals" (
	"workspace" text NOT NULL,
	"person" text NOT NULL,
	"revision" integer NOT NULL,
	"goal" json NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "goals_workspace_person_revision_pk" PRIMARY KEY("workspace","person","revision"),
	CONSTRAINT "goals_revision_check" CHECK ("goals"."revision" >= 1)
);
--> statement-breakpoint
CREATE TABLE "identities" (
	"platform" text NOT NULL,
	"installation" text NOT NULL,
	"identity" text NOT NULL,
	"workspace" text NOT NULL,
	"person" text NOT NULL,
	CONSTRAINT "identities_platform_installation_identity_pk" PRIMARY KEY("platform","installation","identity")
);
--> statement-breakpoint
CREATE TABLE "people" (
	"workspace" text NOT NULL,
	"id" text NOT NULL,
	"pseudonym" text NOT NULL,
	"locale" text NOT NULL,
	"consented_at" bigint,
	"disclosure_version" text,
	"created_at" bigint NOT NULL,
	"ledger_version" integer DEFAULT 0 NOT NULL,
	"forgotten_at" bigint,
	CONSTRAINT "people_workspace_id_pk" PRIMARY KEY("workspace","id"),
	CONSTRAINT "people_pseudonym_key" UNIQUE("pseudonym"),
	CONSTRAINT "people_ledger_version_check" CHECK ("people"."ledger_version" >= 0)
);
--> statement-breakpoint
CREATE TABLE "workspaces" (
	"id" text PRIMARY KEY NOT NULL,
	"platform" text NOT NULL,
	"installation" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "fills" (
	"workspace" text NOT NULL,
	"id" text NOT NULL,
	"person" text NOT NULL,
	"client_order_id" text NOT NULL,
	"units" bigint NOT NULL,
	"price" double precision NOT NULL,
	"amount_minor" bigint NOT NULL,
	"amount_currency" text NOT NULL,
	"commission_minor" bigint NOT NULL,
	"commission_currency" text NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "fills_workspace_id_pk" PRIMARY KEY("workspace","id"),
	CONSTRAINT "fills_units_check" CHECK ("fills"."units" > 0),
	CONSTRAINT "fills_price_check" CHECK ("fills"."price" > 0 and "fills"."price" < 'Infinity'::float8),
	CONSTRAINT "fills_money_check" CHECK ("fills"."amount_minor" >= 0 and "fills"."commission_minor" >= 0)
);
--> statement-breakpoint
CREATE TABLE "ledger_entries" (
	"workspace" text NOT NULL,
	"id" text NOT NULL,
	"person" text NOT NULL,
	"seq" integer NOT NULL,
	"at" bigint NOT NULL,
	"kind" text NOT NULL,
	"asset" text,
	"units" bigint NOT NULL,
	"cash_minor" bigint NOT NULL,
	"cost_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"reference" text NOT NULL,
	CONSTRAINT "ledger_entries_workspace_id_pk" PRIMARY KEY("workspace","id"),
	CONSTRAINT "ledger_entries_seq_key" UNIQUE("workspace","person","seq"),
	CONSTRAINT "ledger_entries_seq_check" CHECK ("ledger_entries"."seq" >= 1),
	CONSTRAINT "ledger_entries_kind_check" CHECK ("ledger_entries"."kind" in ('declared', 'fill')),
	CONSTRAINT "ledger_entries_currency_check" CHECK ("ledger_entries"."currency" ~ '^[A-Z]{3}$'),
	CONSTRAINT "ledger_entries_asset_check" CHECK ("ledger_entries"."asset" is not null or "ledger_entries"."units" = 0)
);
--> statement-breakpoint
CREATE TABLE "orders" (
	"client_order_id" text PRIMARY KEY NOT NULL,
	"proposal_id" text NOT NULL,
	"workspace" text NOT NULL,
	"person" text NOT NULL,
	"leg" integer NOT NULL,
	"asset" text NOT NULL,
	"side" text NOT NULL,
	"units" bigint NOT NULL,
	"state" text NOT NULL,
	"filled_units" bigint NOT NULL,
	"reason" text,
	CONSTRAINT "orders_leg_key" UNIQUE("proposal_id","leg"),
	CONSTRAINT "orders_scope_key" UNIQUE("workspace","person","client_order_id"),
	CONSTRAINT "orders_side_check" CHECK ("orders"."side" in ('buy', 'sell')),
	CONSTRAINT "orders_state_check" CHECK ("orders"."state" in ('prepared', 'accepted', 'partly-filled', 'filled', 'rejected', 'cancelled')),
	CONSTRAINT "orders_units_check" CHECK ("orders"."units" > 0),
	CONSTRAINT "orders_filled_check" CHECK ("orders"."filled_units" between 0 and "orders"."units")
);
--> statement-breakpoint
CREATE TABLE "transfers" (
	"id" text PRIMARY KEY NOT NULL,
	"workspace" text NOT NULL,
	"person" text NOT NULL,
	"asset" text,
	"units" bigint NOT NULL,
	"cash_minor" bigint NOT NULL,
	"currency" text NOT NULL,
	"done_at" bigint,
	CONSTRAINT "transfers_asset_check" CHECK ("transfers"."asset" is not null or "transfers"."units" = 0)
);
--> statement-breakpoint
ALTER TABLE "proposal_legs" ADD CONSTRAINT "proposal_legs_proposal_id_proposals_id_fk" FOREIGN KEY ("proposal_id") REFERENCES "public"."proposals"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "proposals" ADD CONSTRAINT "proposals_recommendation_fk" FOREIGN KEY ("workspace","person","recommendation_id") REFERENCES "public"."recommendations"("workspace","person","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "recommendations" ADD CONSTRAINT "recommendations_person_fk" FOREIGN KEY ("workspace","person") REFERENCES "public"."people"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_payloads" ADD CONSTRAINT "audit_payloads_row_fk" FOREIGN KEY ("workspace","seq") REFERENCES "public"."audit_rows"("workspace","seq") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "buttons" ADD CONSTRAINT "buttons_person_fk" FOREIGN KEY ("workspace","person") REFERENCES "public"."people"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dialogues" ADD CONSTRAINT "dialogues_person_fk" FOREIGN KEY ("workspace","person") REFERENCES "public"."people"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_inbox_id_inbox_id_fk" FOREIGN KEY ("inbox_id") REFERENCES "public"."inbox"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bars" ADD CONSTRAINT "bars_source_price_sources_id_fk" FOREIGN KEY ("source") REFERENCES "public"."price_sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "corporate_actions" ADD CONSTRAINT "corporate_actions_source_price_sources_id_fk" FOREIGN KEY ("source") REFERENCES "public"."price_sources"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "answers" ADD CONSTRAINT "answers_person_fk" FOREIGN KEY ("workspace","person") REFERENCES "public"."people"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "goals" ADD CONSTRAINT "goals_person_fk" FOREIGN KEY ("workspace","person") REFERENCES "public"."people"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "identities" ADD CONSTRAINT "identities_person_fk" FOREIGN KEY ("workspace","person") REFERENCES "public"."people"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_workspace_workspaces_id_fk" FOREIGN KEY ("workspace") REFERENCES "public"."workspaces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "fills" ADD CONSTRAINT "fills_order_fk" FOREIGN KEY ("workspace","person","client_order_id") REFERENCES "public"."orders"("workspace","person","client_order_id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ledger_entries" ADD CONSTRAINT "ledger_entries_person_fk" FOREIGN KEY ("workspace","person") REFERENCES "public"."people"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "orders" ADD CONSTRAINT "orders_proposal_fk" FOREIGN KEY ("workspace","person","proposal_id") REFERENCES "public"."proposals"("workspace","person","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "transfers" ADD CONSTRAINT "transfers_person_fk" FOREIGN KEY ("workspace","person") REFERENCES "public"."people"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "proposals_newest_index" ON "proposals" USING btree ("workspace","person","created_at");--> statement-breakpoint
CREATE INDEX "proposals_unfinished_index" ON "proposals" USING btree ("created_at") WHERE "proposals"."state" in ('confirmed', 'submitting', 'partly-filled');--> statement-breakpoint
CREATE INDEX "recommendations_newest_index" ON "recommendations" USING btree ("workspace","person","created_at");--> statement-breakpoint
CREATE INDEX "audit_rows_person_index" ON "audit_rows" USING btree ("workspace","person");--> statement-breakpoint
CREATE INDEX "buttons_person_index" ON "buttons" USING btree ("workspace","person");--> statement-breakpoint
CREATE INDEX "inbox_undone_index" ON "inbox" USING btree ("conversation","id") WHERE "inbox"."done_at" is null and "inbox"."parked_at" is null;--> statement-breakpoint
CREATE INDEX "inbox_parked_index" ON "inbox" USING btree ("id") WHERE "inbox"."done_at" is null and "inbox"."parked_at" is not null;--> statement-breakpoint
CREATE INDEX "inbox_identity_index" ON "inbox" USING btree ("platform","installation","identity");--> statement-breakpoint
CREATE INDEX "outbox_unsent_index" ON "outbox" USING btree ("conversation","id") WHERE "outbox"."sent_at" is null and not "outbox"."dead";--> statement-breakpoint
CREATE INDEX "outbox_sent_index" ON "outbox" USING btree ("conversation","reply_key","id") WHERE "outbox"."sent_at" is not null;--> statement-breakpoint
CREATE INDEX "outbox_identity_index" ON "outbox" USING btree ("platform","installation","identity");--> statement-breakpoint
CREATE INDEX "outbox_inbox_index" ON "outbox" USING btree ("inbox_id");--> statement-breakpoint
CREATE INDEX "identities_person_index" ON "identities" USING btree ("workspace","person");--> statement-breakpoint
CREATE UNIQUE INDEX "workspaces_installation_key" ON "workspaces" USING btree ("platform","installation");--> statement-breakpoint
CREATE INDEX "fills_order_index" ON "fills" USING btree ("client_order_id");--> statement-breakpoint
CREATE INDEX "transfers_pending_index" ON "transfers" USING btree ("id") WHERE "transfers"."done_at" is null;