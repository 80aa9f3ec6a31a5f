DROP INDEX "proposals_newest_index";--> statement-breakpoint
DROP INDEX "recommendations_newest_index";--> statement-breakpoint
ALTER TABLE "proposals" ADD COLUMN "position" bigint NOT NULL GENERATED ALWAYS AS IDENTITY (sequence name "proposals_position_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1);--> statement-breakpoint
ALTER TABLE "recommendations" ADD COLUMN "position" bigint NOT NULL GENERATED ALWAYS AS IDENTITY (sequence name "recommendations_position_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1);--> statement-breakpoint
CREATE INDEX "proposals_newest_index" ON "proposals" USING btree ("workspace","person","position");--> statement-breakpoint
CREATE INDEX "recommendations_newest_index" ON "recommendations" USING btree ("workspace","person","position");