CREATE TABLE "web_messages" (
	"cursor" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "web_messages_cursor_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"conversation" text NOT NULL,
	"position" bigint NOT NULL,
	"key" text NOT NULL,
	"at" bigint NOT NULL,
	"operation" json NOT NULL,
	"replaced_by" bigint
);
--> statement-breakpoint
CREATE INDEX "web_messages_cursor_index" ON "web_messages" USING btree ("conversation","cursor") WHERE "web_messages"."replaced_by" is null;--> statement-breakpoint
CREATE INDEX "web_messages_position_index" ON "web_messages" USING btree ("conversation","position") WHERE "web_messages"."replaced_by" is null;--> statement-breakpoint
CREATE INDEX "web_messages_key_index" ON "web_messages" USING btree ("conversation","key") WHERE "web_messages"."replaced_by" is null;