"""No parameter is passed over: one that an operation does not take is named, with the one that may be meant."""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any, get_origin

from fastapi import Request
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, model_validator

from rasid.errors import InputError


async def only_known(request: Request) -> None:
    """See to it that an operation takes all that stands behind the `?`, and each as often as it is given.

    Raises:
        InputError: it does not; the near name is said.
    """
    given = request.query_params.multi_items()
    route = request.scope.get("route")
    if not given or not isinstance(route, APIRoute):
        return
    known, seen = dict(_parameters(route.dependant)), set[str]()
    for name, _ in given:
        if name not in known:
            raise InputError(unknown("parameter", name, list(known)))
        if name in seen and not known[name]:
            raise InputError(f'"{name}" is given twice; it takes one value')
        seen.add(name)


def unknown(what: str, name: str, known: list[str]) -> str:
    """That there is none of that name, and which there are."""
    said = f'there is no {what} "{name[:60]}" here'
    if not known:
        return f"{said}, nor any other"
    near = get_close_matches(name.lower().replace("_", "-"), known, 1) or [one for one in known if one in name or name in one]
    meant = f'; do you mean "{near[0]}"?' if near else ""
    return f"{said}{meant} (one of {', '.join(sorted(known))})"


def _parameters(dependant: Any) -> Iterator[tuple[str, bool]]:
    """The parameters of an operation, and whether one may be given again."""
    for field in dependant.query_params:
        yield field.alias, get_origin(field.field_info.annotation) is list
    for other in dependant.dependencies:
        yield from _parameters(other)


class Known(BaseModel):
    """A body of which no field is passed over."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _only_known(cls, given: Any) -> Any:
        if isinstance(given, dict):
            for name in given:
                if name not in cls.model_fields:
                    raise ValueError(unknown("field", str(name), list(cls.model_fields)))
        return given
