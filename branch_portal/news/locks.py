"""Triggers that hold the rules of a report against everybody: the shell, a race, or us.

Together they say: the text changes in a draft only, each change makes its writer an author, a review is by
somebody who is no author, and what is published is exactly what such a review let pass.
"""

from __future__ import annotations

import pgtrigger

TEXT = (
    *("title_zh", "title_en", "summary_zh", "summary_en", "body_zh", "body_en"),
    *("author_line_zh", "author_line_en", "kinds", "event_date", "place"),
)


def _row(name: str) -> str:
    return f"({', '.join(f'{name}.{column}' for column in TEXT)})"


def text_changes_in_drafts() -> pgtrigger.Trigger:
    """In a draft only, and with a new revision: so it has an author, and an earlier review does not count."""
    return pgtrigger.Trigger(
        name="text_changes_in_drafts",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        func=f"""
            IF {_row("OLD")} IS NOT DISTINCT FROM {_row("NEW")} THEN
                RETURN NEW;
            END IF;
            IF OLD.state <> 'draft' THEN
                RAISE EXCEPTION 'the text of a report changes only while it is a draft';
            END IF;
            IF NEW.revision <= OLD.revision THEN
                RAISE EXCEPTION 'a changed text is a new revision of the report';
            END IF;
            RETURN NEW;
        """,
    )


def every_revision_has_its_author() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="every_revision_has_its_author",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func="""
            IF TG_OP = 'INSERT' OR NEW.revision <> OLD.revision THEN
                INSERT INTO news_authorship (report_id, user_id)
                VALUES (NEW.id, NEW.changed_by_id) ON CONFLICT DO NOTHING;
            END IF;
            RETURN NULL;
        """,
    )


def only_reviewed_text_is_published() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="only_reviewed_text_is_published",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func="""
            IF TG_OP = 'INSERT' THEN
                IF NEW.state <> 'draft' THEN
                    RAISE EXCEPTION 'a report begins as a draft';
                END IF;
                RETURN NEW;
            END IF;
            IF NEW.state = 'published' AND OLD.state <> 'published' AND NOT EXISTS (
                SELECT 1 FROM news_review
                 WHERE report_id = NEW.id AND revision = NEW.revision AND verdict = 'published'
            ) THEN
                RAISE EXCEPTION 'a report is published only after a review of exactly this text';
            END IF;
            RETURN NEW;
        """,
    )


def address_is_final() -> pgtrigger.Trigger:
    """Once a report had an address, links to it exist."""
    return pgtrigger.Protect(
        name="address_is_final",
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition(
            "OLD.slug <> '' AND (OLD.slug, OLD.year) IS DISTINCT FROM (NEW.slug, NEW.year)"
        ),
    )


def pictures_change_in_drafts() -> pgtrigger.Trigger:
    """For the pictures' table: they belong to the text that was reviewed."""
    return pgtrigger.Trigger(
        name="pictures_change_in_drafts",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("reports", "bigint[]")],
        func="""
            reports := CASE TG_OP
                WHEN 'INSERT' THEN ARRAY[NEW.report_id]
                WHEN 'DELETE' THEN ARRAY[OLD.report_id]
                ELSE ARRAY[OLD.report_id, NEW.report_id]
            END;
            IF EXISTS (SELECT 1 FROM news_report WHERE id = ANY(reports) AND state <> 'draft') THEN
                RAISE EXCEPTION 'the pictures of a report change only while it is a draft';
            END IF;
            RETURN COALESCE(NEW, OLD);
        """,
    )


def reviewer_is_no_author() -> pgtrigger.Trigger:
    """For the reviews' table: also, what is reviewed is the text that stands in review now."""
    return pgtrigger.Trigger(
        name="reviewer_is_no_author",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func="""
            IF EXISTS (
                SELECT 1 FROM news_authorship WHERE report_id = NEW.report_id AND user_id = NEW.reviewer_id
            ) THEN
                RAISE EXCEPTION 'nobody reviews a text they wrote';
            END IF;
            IF NOT EXISTS (
                SELECT 1 FROM news_report
                 WHERE id = NEW.report_id AND state = 'in_review' AND revision = NEW.revision
            ) THEN
                RAISE EXCEPTION 'only the text that is in review can be reviewed';
            END IF;
            RETURN NEW;
        """,
    )


def is_never_deleted() -> pgtrigger.Trigger:
    return pgtrigger.Protect(name="is_never_deleted", operation=pgtrigger.Delete)
