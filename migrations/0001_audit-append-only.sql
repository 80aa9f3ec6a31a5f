-- The record is only ever added to. A payload may be erased (salt and body together), never rewritten.
CREATE FUNCTION "refuse_audit_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	RAISE EXCEPTION 'The audit record is append-only: % on % is refused.', TG_OP, TG_TABLE_NAME
		USING ERRCODE = 'integrity_constraint_violation';
END
$$;
--> statement-breakpoint
CREATE FUNCTION "only_erase_audit_payload"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NEW."workspace" <> OLD."workspace" OR NEW."seq" <> OLD."seq"
		OR OLD."erased_at" IS NOT NULL OR NEW."erased_at" IS NULL
		OR NEW."salt" IS NOT NULL OR NEW."body" IS NOT NULL THEN
		RAISE EXCEPTION 'An audit payload can only be erased, never rewritten.'
			USING ERRCODE = 'integrity_constraint_violation';
	END IF;
	RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE FUNCTION "only_advance_audit_head"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NEW."workspace" <> OLD."workspace" OR NEW."seq" <> OLD."seq" + 1 THEN
		RAISE EXCEPTION 'An audit head only moves forward by one.'
			USING ERRCODE = 'integrity_constraint_violation';
	END IF;
	RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER "audit_rows_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "audit_rows"
	FOR EACH STATEMENT EXECUTE FUNCTION "refuse_audit_change"();
--> statement-breakpoint
CREATE TRIGGER "audit_payloads_keep" BEFORE DELETE OR TRUNCATE ON "audit_payloads"
	FOR EACH STATEMENT EXECUTE FUNCTION "refuse_audit_change"();
--> statement-breakpoint
CREATE TRIGGER "audit_payloads_erase_only" BEFORE UPDATE ON "audit_payloads"
	FOR EACH ROW EXECUTE FUNCTION "only_erase_audit_payload"();
--> statement-breakpoint
CREATE TRIGGER "audit_heads_keep" BEFORE DELETE OR TRUNCATE ON "audit_heads"
	FOR EACH STATEMENT EXECUTE FUNCTION "refuse_audit_change"();
--> statement-breakpoint
CREATE TRIGGER "audit_heads_advance" BEFORE UPDATE ON "audit_heads"
	FOR EACH ROW EXECUTE FUNCTION "only_advance_audit_head"();
