from django.db import migrations

# Audit rows go after their term, by the owner's rights, for the application's role cannot delete them. Nothing that is
# younger than a year goes this way, whoever asks; and nothing to which a notification or a letter still leads.
FORGET = """
CREATE FUNCTION forget_audit(what text, older timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    gone bigint := 0; count bigint; history regclass;
BEGIN
    IF older > now() - interval '360 days' THEN
        RAISE EXCEPTION 'Audit rows of the last year stay.';
    END IF;
    IF what = 'looks' THEN
        DELETE FROM activity_look WHERE at < older;
        GET DIAGNOSTICS gone = ROW_COUNT;
    ELSIF what = 'journal' THEN
        DELETE FROM activity_activity AS told WHERE at < older
            AND NOT EXISTS (SELECT FROM activity_notification WHERE activity_id = told.id)
            AND NOT EXISTS (SELECT FROM activity_delivery WHERE activity_id = told.id);
        GET DIAGNOSTICS gone = ROW_COUNT;
        FOR history IN
            SELECT attrelid::regclass FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid
            WHERE attname = 'pgh_id' AND relkind = 'r' AND relnamespace = current_schema()::regnamespace
        LOOP
            EXECUTE format('DELETE FROM %s WHERE pgh_created_at < $1', history) USING older;
            GET DIAGNOSTICS count = ROW_COUNT;
            gone := gone + count;
        END LOOP;
    END IF;
    RETURN gone;
END $$;
REVOKE ALL ON FUNCTION forget_audit(text, timestamptz) FROM PUBLIC;
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = 'plg_app') THEN
        GRANT EXECUTE ON FUNCTION forget_audit(text, timestamptz) TO plg_app;
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("activity", "0005_looks")]

    operations = [migrations.RunSQL(FORGET, "DROP FUNCTION forget_audit(text, timestamptz)")]
