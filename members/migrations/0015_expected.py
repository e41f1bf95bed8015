import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models


class Migration(migrations.Migration):
    """Whom a letter of introduction brings is expected, and not of the branch before it is accepted."""

    dependencies = [
        ('members', '0014_posts_history'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='timelineentry',
            name='derives_the_person',
        ),
        migrations.AlterField(
            model_name='member',
            name='standing',
            field=models.CharField(choices=[('normal', 'normal'), ('lost_contact', 'lost contact'), ('suspended', 'membership suspended'), ('expected', 'expected by letter of introduction'), ('moved_out', 'moved to another branch'), ('withdrawn', 'withdrawn'), ('cancelled', 'probation cancelled'), ('removed', 'removed'), ('died', 'died')], default='normal', editable=False, max_length=12, verbose_name='standing'),
        ),
        migrations.AlterField(
            model_name='memberevent',
            name='standing',
            field=models.CharField(choices=[('normal', 'normal'), ('lost_contact', 'lost contact'), ('suspended', 'membership suspended'), ('expected', 'expected by letter of introduction'), ('moved_out', 'moved to another branch'), ('withdrawn', 'withdrawn'), ('cancelled', 'probation cancelled'), ('removed', 'removed'), ('died', 'died')], default='normal', editable=False, max_length=12, verbose_name='standing'),
        ),
        migrations.AlterField(
            model_name='timelineentry',
            name='kind',
            field=models.CharField(choices=[('applied', 'applied'), ('activist', 'recognised as activist'), ('target', 'recognised as development target'), ('admitted', 'admitted as probationary member'), ('extended', 'probation extended'), ('confirmed', 'confirmed as full member'), ('cancelled', 'probation cancelled'), ('group', 'Party group changed'), ('expected', 'expected by letter of introduction'), ('moved_in', 'moved into the branch'), ('moved_out', 'moved to another branch'), ('lost_contact', 'lost contact'), ('suspended', 'membership suspended'), ('restored', 'membership restored'), ('withdrawn', 'withdrawn'), ('removed', 'removed'), ('died', 'died')], max_length=12, verbose_name='what happened'),
        ),
        migrations.AlterField(
            model_name='timelineentryevent',
            name='kind',
            field=models.CharField(choices=[('applied', 'applied'), ('activist', 'recognised as activist'), ('target', 'recognised as development target'), ('admitted', 'admitted as probationary member'), ('extended', 'probation extended'), ('confirmed', 'confirmed as full member'), ('cancelled', 'probation cancelled'), ('group', 'Party group changed'), ('expected', 'expected by letter of introduction'), ('moved_in', 'moved into the branch'), ('moved_out', 'moved to another branch'), ('lost_contact', 'lost contact'), ('suspended', 'membership suspended'), ('restored', 'membership restored'), ('withdrawn', 'withdrawn'), ('removed', 'removed'), ('died', 'died')], max_length=12, verbose_name='what happened'),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='timelineentry',
            trigger=pgtrigger.compiler.Trigger(name='derives_the_person', sql=pgtrigger.compiler.UpsertTriggerSql(declare='DECLARE person bigint; last_stage text; last_standing text; standing_day date; now_group bigint;', func='\n            person := COALESCE(NEW.member_id, OLD.member_id);\n            SELECT kind INTO last_stage FROM members_timelineentry\n             WHERE member_id = person AND kind = ANY (ARRAY[\'applied\', \'activist\', \'target\', \'admitted\', \'confirmed\'])\n             ORDER BY "on" DESC, array_position(ARRAY[\'applied\', \'activist\', \'target\', \'admitted\', \'confirmed\'], kind::text) DESC LIMIT 1;\n            SELECT kind, "on" INTO last_standing, standing_day FROM members_timelineentry\n             WHERE member_id = person AND kind = ANY (ARRAY[\'expected\', \'moved_in\', \'restored\', \'lost_contact\', \'suspended\', \'moved_out\', \'withdrawn\', \'cancelled\', \'removed\', \'died\'])\n             ORDER BY kind = \'expected\', "on" DESC, id DESC LIMIT 1;\n            SELECT party_group_id INTO now_group FROM members_timelineentry\n             WHERE member_id = person AND kind = \'group\' ORDER BY "on" DESC, id DESC LIMIT 1;\n            PERFORM set_config(\'portal.deriving\', \'on\', true);\n            UPDATE members_member SET\n                stage = COALESCE(CASE last_stage WHEN \'applied\' THEN \'applicant\' WHEN \'admitted\' THEN \'probationary\'\n                                 WHEN \'confirmed\' THEN \'full\' ELSE last_stage END, stage),\n                admitted_on = CASE WHEN last_stage IN (\'admitted\', \'confirmed\') THEN\n                    (SELECT max("on") FROM members_timelineentry WHERE member_id = person AND kind = \'admitted\') END,\n                confirmed_on = CASE WHEN last_stage = \'confirmed\' THEN\n                    (SELECT max("on") FROM members_timelineentry WHERE member_id = person AND kind = \'confirmed\') END,\n                standing = CASE WHEN last_standing IS NULL OR last_standing IN (\'moved_in\', \'restored\')\n                                THEN \'normal\' ELSE last_standing END,\n                left_on = CASE WHEN last_standing = ANY (ARRAY[\'expected\', \'moved_out\', \'withdrawn\', \'cancelled\', \'removed\', \'died\']) THEN standing_day END,\n                party_group_id = now_group\n             WHERE id = person;\n            PERFORM set_config(\'portal.deriving\', \'\', true);\n            RETURN NULL;\n        ', hash='e8883e88e95fe81859ae8e838d925133e7c8d4e5', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_derives_the_person_6a488', table='members_timelineentry', when='AFTER')),
        ),
    ]
