CREATE TABLE "link_codes" (
	"digest" text PRIMARY KEY NOT NULL,
	"workspace" text NOT NULL,
	"person" text NOT NULL,
	"platform" text NOT NULL,
	"installation" text NOT NULL,
	"conversation" text NOT NULL,
	"identity" text NOT NULL,
	"message_key" text NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"used_at" bigint
);
--> statement-breakpoint
CREATE TABLE "link_tries" (
	"platform" text NOT NULL,
	"installation" text NOT NULL,
	"identity" text NOT NULL,
	"at" bigint NOT NULL,
	"count" integer NOT NULL,
	CONSTRAINT "link_tries_platform_installation_identity_at_pk" PRIMARY KEY("platform","installation","identity","at"),
	CONSTRAINT "link_tries_count_check" CHECK ("link_tries"."count" >= 1)
);
--> statement-breakpoint
ALTER TABLE "identities" ADD COLUMN "conversation" text;--> statement-breakpoint
ALTER TABLE "identities" ADD COLUMN "linked_at" bigint;--> statement-breakpoint
ALTER TABLE "identities" ADD COLUMN "home_workspace" text;--> statement-breakpoint
ALTER TABLE "identities" ADD COLUMN "home_person" text;--> statement-breakpoint
ALTER TABLE "link_codes" ADD CONSTRAINT "link_codes_person_fk" FOREIGN KEY ("workspace","person") REFERENCES "public"."people"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "link_codes_person_index" ON "link_codes" USING btree ("workspace","person");--> statement-breakpoint
ALTER TABLE "identities" ADD CONSTRAINT "identities_home_fk" FOREIGN KEY ("home_workspace","home_person") REFERENCES "public"."people"("workspace","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "identities_home_key" ON "identities" USING btree ("home_workspace","home_person");--> statement-breakpoint
ALTER TABLE "identities" ADD CONSTRAINT "identities_home_check" CHECK (num_nulls("identities"."linked_at", "identities"."home_workspace", "identities"."home_person") in (0, 3));--> statement-breakpoint
-- What was open in a direct chat goes on in every direct chat of the person.
UPDATE "dialogues" SET "conversation" = 'direct' FROM "identities" AS "account"
	WHERE "account"."workspace" = "dialogues"."workspace" AND "account"."person" = "dialogues"."person"
	AND "dialogues"."conversation" = "account"."platform" || ':' || "account"."installation" || ':' || "account"."identity";
