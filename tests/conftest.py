"""Tooling for every test: nothing left out, nothing sent out."""

import ipaddress
import sys

import pytest

LEFT_OUT = ("skipped", "xfailed", "xpassed", "deselected")


# --- nothing left out --------------------------------------------------------------------------------------------
def pytest_addoption(parser):
    parser.addoption("--complete", action="store_true", help="fail when any test is skipped, xfailed or deselected")
    parser.addoption("--skaermbilleder", action="store_true", help="keep a picture of every judged page in var/")


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session, exitstatus):
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if not session.config.getoption("complete") or hasattr(session.config, "workerinput") or reporter is None:
        return
    found = {kind: len(reporter.stats.get(kind, [])) for kind in LEFT_OUT}
    if any(found.values()):
        reporter.write_line("")
        reporter.write_line(
            "FEJL: prøver sprunget over: " + ", ".join(f"{n} {k}" for k, n in found.items() if n), red=True
        )
        session.exitstatus = exitstatus or pytest.ExitCode.TESTS_FAILED


def pytest_deselected(items):
    """xdist's workers keep what they deselect to themselves, so it is refused on the spot."""
    if items and items[0].config.getoption("complete"):
        raise pytest.UsageError(f"--complete runs every test; deselected: {items[0].nodeid} and {len(items) - 1} more")


# --- nothing sent out --------------------------------------------------------------------------------------------
def _refuse_the_world(event, args):
    if event not in {"socket.connect", "socket.sendto", "socket.getaddrinfo"}:
        return
    address = args[0] if event == "socket.getaddrinfo" else args[1]
    host = address[0] if isinstance(address, tuple) else address
    if event != "socket.getaddrinfo" and not isinstance(address, tuple):  # a unix socket
        return
    if not _is_here(host):
        raise PermissionError(f"A test reached for {host!r}: tests talk to this machine only")


def _is_here(host):
    if host in {None, "", b"", "localhost", b"localhost"}:
        return True
    try:
        return ipaddress.ip_address(host.decode() if isinstance(host, bytes) else host).is_loopback
    except ValueError:
        return False


# An audit hook cannot be patched away, and holds in every thread.
sys.addaudithook(_refuse_the_world)


# --- what a transactional test leaves ----------------------------------------------------------------------------
@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    from tests import genbrug

    with django_db_blocker.unblock():
        genbrug.brug_i_stedet_for_flush(genbrug.toem_som_efter_migreringen())


@pytest.fixture(autouse=True)
def a_calendar_of_its_own():
    """The holidays are remembered for an hour a process; a test begins without those of the last one."""
    from samarbejde.kalender import glem_ferier

    glem_ferier()


# --- nothing asked of the database that was compiled for somebody else ---------------------------------------------
@pytest.fixture(autouse=True, scope="session")
def _efterse_forespoergsler():
    """Every question asked with a ready statement is built afresh too, and must be the same (ADR 0016)."""
    from tests import efterse

    with efterse.hver_forespoergsel():
        yield


# --- every mail is read ------------------------------------------------------------------------------------------
@pytest.fixture(autouse=True, scope="session")
def a_reader_of_every_mail():
    from samarbejde import post
    from tests.mailsprog import laes_alle

    with pytest.MonkeyPatch.context() as monkeypatch:
        laes_alle(post, monkeypatch)
        yield
