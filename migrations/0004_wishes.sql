CREATE TABLE "wishes" (
	"workspace" text NOT NULL,
	"person" text NOT NULL,
	"revision" integer NOT NULL,
	"wishes" json NOT NULL,
	"at" bigint NOT NULL,
	CONSTRAINT "wishes_workspace_person_revision_pk" PRIMARY KEY("workspace","person","revision"),
	CONSTRAINT "wishes_revision_check" CHECK ("wishes"."revision" >= 1)
);
--> statement-breakpoint
ALTER TABLE "wishes" ADD CONSTRAINT "wishes_person_fk" FOREIGN KEY ("workspace","person") REFERENCES "public"."people"("workspace","id") ON DELETE no action ON UPDATE no action;