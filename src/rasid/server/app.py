"""The whole server: the API and the pages over one record."""

from fastapi import FastAPI

from rasid.server.settings import Settings


def make_app(settings: Settings) -> FastAPI:
    """The application that serves the record in `settings`."""
    app = FastAPI(title="rasid")
    app.state.settings = settings
    return app
