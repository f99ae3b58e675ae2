"""A web server of our own that behaves as badly as those of the world: slow, lying, forbidding, leading in circles."""

import gzip
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = tuple[int, dict[str, str], bytes]
Route = Answer | Callable[[BaseHTTPRequestHandler], Answer | None]
HTML = {"Content-Type": "text/html; charset=utf-8"}


@dataclass
class Site:
    """What is served under which path, and what was asked for: path, time and headers."""

    address: str
    port: int
    routes: dict[str, Route] = field(default_factory=dict)
    asked: list[tuple[str, float, dict[str, str]]] = field(default_factory=list)

    def paths(self) -> list[str]:
        return [path for path, _, _ in self.asked]

    def page(self, path: str, html: str) -> str:
        """Serve a page; returns its address."""
        self.routes[path] = (200, HTML, html.encode())
        return self.address + path


@contextmanager
def serving() -> Iterator[Site]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append((self.path, time.monotonic(), dict(self.headers.items())))
            route = site.routes.get(self.path, (404, HTML, b"<p>not here</p>"))
            answer = route(self) if callable(route) else route
            self.close_connection = True
            if answer is None:
                return
            status, headers, content = answer
            self.send_response(status)
            for name, value in {"Content-Length": str(len(content)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("", 0), Handler)
    server.daemon_threads = True
    port = server.server_address[1]
    site = Site(f"http://127.0.0.1:{port}", port)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def unchanged(etag: str, html: str) -> Callable[[BaseHTTPRequestHandler], Answer]:
    """A page that is sent only to who does not have it."""

    def route(handler: BaseHTTPRequestHandler) -> Answer:
        if handler.headers.get("If-None-Match") == etag:
            return 304, {"ETag": etag}, b""
        return 200, {**HTML, "ETag": etag}, html.encode()

    return route


def dripping(seconds: float) -> Callable[[BaseHTTPRequestHandler], None]:
    """A page that comes letter by letter, without end."""

    def route(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                handler.wfile.write(b"<p>")
                handler.wfile.flush()
            except OSError:
                return
            time.sleep(0.05)

    return route


def packed(html: str) -> Answer:
    return 200, {**HTML, "Content-Encoding": "gzip"}, gzip.compress(html.encode())
