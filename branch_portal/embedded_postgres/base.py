"""Django's PostgreSQL backend, with the embedded server behind it."""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql import base, client, creation

from . import places
from .cluster import cluster_at


class DatabaseClient(client.DatabaseClient):
    """``manage.py dbshell`` with the server's own psql."""

    @classmethod
    def settings_to_cmd_args_env(
        cls, settings_dict: dict, parameters: list[str]
    ) -> tuple[list[str], dict | None]:
        cluster = cluster_at(settings_dict["OPTIONS"]["home"])
        cluster.hold()
        address = {"HOST": str(cluster.sockets), "PORT": str(places.PORT)}
        args, env = super().settings_to_cmd_args_env({**settings_dict, **address}, parameters)
        return [str(cluster.program("psql")), *args[1:]], env


class DatabaseCreation(creation.DatabaseCreation):
    """Test databases go at the end, even if a browser's last request still holds a connection."""

    def _destroy_test_db(self, test_database_name: str, verbosity: int) -> None:
        with self._nodb_cursor() as cursor:
            name = self.connection.ops.quote_name(test_database_name)
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that has its server started when it is opened."""

    client_class = DatabaseClient
    creation_class = DatabaseCreation

    def __init__(self, settings_dict: dict, *args: Any, **kwargs: Any):
        for key in ("NAME", "USER"):
            settings_dict[key] = settings_dict.get(key) or "postgres"
        super().__init__(settings_dict, *args, **kwargs)
        self.cluster = cluster_at(settings_dict["OPTIONS"]["home"])

    def get_connection_params(self) -> dict[str, Any]:
        params = super().get_connection_params()
        del params["home"]
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        self.cluster.hold()
        address = {"host": str(self.cluster.sockets), "port": places.PORT}
        try:
            return super().get_new_connection({**conn_params, **address})
        except base.Database.OperationalError:  # the server may have died under us
            self.cluster.revive()
            return super().get_new_connection({**conn_params, **address})
