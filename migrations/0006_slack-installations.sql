CREATE TABLE "slack_installations" (
	"installation" text PRIMARY KEY NOT NULL,
	"team" text,
	"enterprise" text,
	"app" text,
	"bot_user" text NOT NULL,
	"scopes" text[] NOT NULL,
	"sealed_token" "bytea" NOT NULL,
	"installed_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "slack_states" (
	"state" text PRIMARY KEY NOT NULL,
	"expires_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE INDEX "slack_states_expiry_index" ON "slack_states" USING btree ("expires_at");