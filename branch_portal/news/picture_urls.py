from django.urls import re_path

from branch_portal.media.pictures import RENDITIONS
from branch_portal.news.views import pictures

_FILE_NAMES = "|".join(rendition.file_name.replace(".", r"\.") for rendition in RENDITIONS.values())

app_name = "pictures"
urlpatterns = [
    re_path(rf"^(?P<key>[0-9a-f]{{32}})/(?P<file_name>{_FILE_NAMES})$", pictures.file, name="file"),
]
