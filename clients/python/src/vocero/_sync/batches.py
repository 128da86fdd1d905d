# Made from the file of the same name in _async by `npm run generate:clients`. Do not edit.

"""Batches."""

from __future__ import annotations

from typing import Any, Literal, cast

from typing_extensions import Unpack

from .. import models
from .._policy import Sending, keyed, part, table_form
from .._types import BatchSettings
from .pages import Pages
from .watched import Watched


class Batches(Watched[models.Batch, models.BatchEvent]):
    """Lists of businesses to call."""

    _path = "/v1/batches"
    _reopens = True

    def _is_over(self, view: models.Batch) -> bool:
        return view["status"] in ("completed", "canceled")

    def get(self, id: str, *, include: Literal["usage"] | None = None) -> models.Batch:
        return self._read(id, include=include)

    def create(
        self,
        body: models.BatchRequest | None = None,
        *,
        table: str | bytes | None = None,
        settings: BatchSettings | None = None,
        idempotency_key: str | None = None,
    ) -> models.Batch:
        """Books for every row: of ``body``, or of a ``table`` (CSV) with all other fields as ``settings``."""
        headers = keyed(idempotency_key)
        return cast(models.Batch, self._post(self._path, body, table, settings, headers))

    def check(
        self,
        body: models.BatchRequest | None = None,
        *,
        table: str | bytes | None = None,
        settings: BatchSettings | None = None,
    ) -> models.BatchCheck:
        """Checks a list; nobody is called."""
        return cast(models.BatchCheck, self._post(f"{self._path}/check", body, table, settings))

    def append(
        self,
        id: str,
        body: models.AppendBatchRowsRequest | None = None,
        *,
        table: str | bytes | None = None,
        check: str | None = None,
    ) -> models.BatchAppended:
        """Adds rows; those whose key the batch has are passed over, so a repeat adds nothing."""
        settings = {"check": check} if check else {}
        return cast(models.BatchAppended, self._post(self._at(id, "/rows"), body, table, settings))

    def check_rows(
        self, id: str, body: models.AppendBatchRowsRequest | None = None, *, table: str | bytes | None = None
    ) -> models.BatchAppendCheck:
        """Checks rows for a batch; none is added."""
        return cast(models.BatchAppendCheck, self._post(self._at(id, "/rows/check"), body, table, {}))

    def list(self, **query: Unpack[models.ListBatchesQuery]) -> Pages[models.Batch]:
        """Newest first."""
        return Pages(self._transport, self._path, query)

    def rows(self, id: str, **query: Unpack[models.ListBatchRowsQuery]) -> Pages[models.BatchRow]:
        """In their order."""
        return Pages(self._transport, self._at(id, "/rows"), query)

    def start(self, id: str) -> models.Batch:
        return self._command(id, "/start")

    def pause(self, id: str) -> models.Batch:
        """Nothing new is dialed; live calls go on."""
        return self._command(id, "/pause")

    def resume(self, id: str) -> models.Batch:
        return self._command(id, "/resume")

    def cancel(self, id: str, *, live_calls: Literal["finish", "hang_up"] = "finish") -> models.Batch:
        """``live_calls``: whether calls that ring or talk go on."""
        return self._command(id, "/cancel", {"live_calls": live_calls})

    def change(self, id: str, body: models.BatchChange) -> models.Batch:
        return cast(models.Batch, self._transport.json(Sending("PATCH", self._at(id), json=body, retry="any")))

    def cancel_row(self, id: str, key: str) -> models.BatchRow:
        path = self._at(id, f"/rows/{part(key)}/cancel")
        return cast(models.BatchRow, self._transport.json(Sending("POST", path)))

    def erase(self, id: str) -> models.Erasure:
        """Erases a batch that does not run, with its bookings. Repeat it to see the progress."""
        return cast(models.Erasure, self._transport.json(Sending("DELETE", self._at(id), retry="any")))

    def report(self, id: str, *, delimiter: Literal["comma", "semicolon"] = "comma") -> str:
        """A table (CSV) of all rows and their results."""
        sending = Sending("GET", self._at(id, "/report.csv"), query={"delimiter": delimiter})
        return (self._transport.ask(sending)).text

    def _command(self, id: str, command: str, body: Any = None) -> models.Batch:
        return cast(models.Batch, self._transport.json(Sending("POST", self._at(id, command), json=body)))

    def _post(
        self,
        path: str,
        body: Any,
        table: str | bytes | None,
        settings: Any,
        headers: dict[str, str] | None = None,
    ) -> Any:
        if (body is None) == (table is None):
            raise TypeError("give either a body or a table")
        files = None if table is None else table_form(table, settings)
        return self._transport.json(
            Sending("POST", path, json=body, files=files, headers=headers or {}, retry="any")
        )
