"""The way to a server: its name is looked up once, and only a public address that was found then is connected to."""

import ipaddress
import socket
from collections.abc import Iterable

import httpx

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_CONNECTION = (httpx.ConnectError, httpx.ConnectTimeout)


class PublicOnly(httpx.BaseTransport):
    """Connects to addresses that were checked, not to names: else a name could mean another address a moment later.

    Raises:
        httpx.ConnectError: a host has no address, or one that is not public.
    """

    def __init__(self, allow_private: bool) -> None:
        self._allow_private = allow_private
        # A connection is not kept: under an address, another site's could be taken for this one's.
        self._inner = httpx.HTTPTransport(trust_env=False, limits=httpx.Limits(max_keepalive_connections=0))

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Answer a request from the first public address of its host that can be reached."""
        host = request.url.raw_host.decode("ascii")
        addresses = addresses_of(host, request.url.port or (443 if request.url.scheme == "https" else 80))
        if not self._allow_private and not all(map(is_public, addresses)):
            raise httpx.ConnectError(f"{host} is a private address, which is not asked")
        problem: httpx.TransportError = httpx.ConnectError(f"{host} has no address")
        for address in addresses:
            url = request.url.copy_with(host=address)
            extensions = {**request.extensions, "sni_hostname": host}  # the certificate must be the name's
            try:
                return self._inner.handle_request(
                    httpx.Request(request.method, url, headers=request.headers, stream=request.stream, extensions=extensions)
                )
            except _CONNECTION as error:
                problem = error
        raise problem

    def close(self) -> None:
        """Let go of all connections."""
        self._inner.close()


def addresses_of(host: str, port: int) -> list[str]:
    """The addresses that a host's name stands for, each once.

    Raises:
        httpx.ConnectError: there are none.
    """
    try:
        found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise httpx.ConnectError(f"there is no host {host}") from None
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Whether an address is of the public internet, whatever way of writing an IPv4 address in IPv6 it uses."""
    found = ipaddress.ip_address(address.partition("%")[0])
    return all(one.is_global and not one.is_multicast and not one.is_reserved for one in (found, *_within(found)))


def _within(address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> Iterable[ipaddress.IPv4Address]:
    """The IPv4 addresses that an IPv6 address leads to."""
    if isinstance(address, ipaddress.IPv4Address):
        return ()
    inner = [address.ipv4_mapped, address.sixtofour, *(address.teredo or ())]
    if address in _NAT64:
        inner.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return [one for one in inner if one is not None]
