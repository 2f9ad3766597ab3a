"""The environment, read and judged in one place (contract: `.env.example`).

A fault that would make the site unsafe or useless stops the start, one Danish line each.
"""

import base64
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

MINDSTE_NOEGLELAENGDE = 32
NOEGLE_BYTES = 32
MAIL_SKEMAER = {"smtp", "smtps", "file", "console"}


@dataclass
class Miljoe:
    secret_key: str = ""
    debug: bool = False
    demo: bool = False
    base_url: str = ""
    allowed_hosts: list[str] = field(default_factory=list)
    data_dir: Path = Path("var")
    database: dict[str, object] = field(default_factory=dict)
    email: dict[str, object] = field(default_factory=dict)
    fortrolighed_noegler: list[bytes] = field(default_factory=list)
    segl: dict[str, str] = field(default_factory=dict)
    antal_proxyer: int = 0
    fejl: list[str] = field(default_factory=list)
    advarsler: list[str] = field(default_factory=list)


def laes_miljoe(env: Mapping[str, str], rod: Path) -> Miljoe:
    miljoe = Miljoe(
        secret_key=env.get("SECRET_KEY", ""),
        debug=_ja(env.get("DEBUG")),
        demo=_ja(env.get("DEMO")),
        base_url=env.get("BASE_URL", "").rstrip("/"),
        allowed_hosts=[vaert.strip() for vaert in env.get("ALLOWED_HOSTS", "").split(",") if vaert.strip()],
        data_dir=Path(env.get("DATA_DIR") or rod / "var"),
    )
    _laes_proxyer(miljoe, env.get("TRUSTED_PROXIES", ""), env.get("WEB_BIND", ""))
    _laes_database(miljoe, env.get("DATABASE_URL", ""))
    _laes_email(miljoe, env.get("EMAIL_URL", ""))
    _laes_segl(miljoe, env)
    _laes_noegler(miljoe, env.get("FORTROLIGHED_NOEGLER", ""))
    _bedoem(miljoe)
    return miljoe


def _ja(vaerdi: str | None) -> bool:
    return (vaerdi or "").strip().lower() in {"1", "ja", "true", "yes", "on"}


def _adresse(url: str) -> SplitResult:
    """The parts of an address; none where it cannot be read at all (`http://[::1`, `db:mange`)."""
    try:
        dele = urlsplit(url)
        _ = dele.port  # that it is no number shows only when it is asked for
    except ValueError:
        return urlsplit("")
    return dele


def _laes_proxyer(miljoe: Miljoe, tekst: str, web_bind: str) -> None:
    """A unix socket tells no client address: only the proxy does, and without one allauth lets nobody log in."""
    if (tekst.strip() or "0").isdecimal():
        miljoe.antal_proxyer = int(tekst.strip() or 0)
    else:
        miljoe.fejl.append("TRUSTED_PROXIES skal være et helt tal: hvor mange proxyer der står foran.")
        return
    if web_bind.strip().startswith("unix:") and not miljoe.antal_proxyer:
        miljoe.fejl.append(
            "TRUSTED_PROXIES skal være mindst 1, når WEB_BIND er en unix-socket: ellers kan ingen logge ind."
        )


def _bedoem(miljoe: Miljoe) -> None:
    if len(miljoe.secret_key) < MINDSTE_NOEGLELAENGDE:
        miljoe.fejl.append(f"SECRET_KEY mangler eller er kortere end {MINDSTE_NOEGLELAENGDE} tegn.")
    if not miljoe.allowed_hosts:
        miljoe.fejl.append("ALLOWED_HOSTS mangler: skriv værtsnavnene adskilt af komma.")
    url = _adresse(miljoe.base_url)
    if url.scheme not in {"http", "https"} or not url.hostname:
        miljoe.fejl.append("BASE_URL mangler eller er ikke en adresse som https://samarbejde.eksempel.dk.")
    if not miljoe.fortrolighed_noegler and not miljoe.demo:
        miljoe.fejl.append("FORTROLIGHED_NOEGLER mangler: mindst én nøgle på 32 byte i base64.")


def _laes_segl(miljoe: Miljoe, env: Mapping[str, str]) -> None:
    """The certificate itself is judged each time it is asked for (samarbejde.certifikat): it may come later."""
    tsa = env.get("SEGL_TSA", "").strip()
    dele = _adresse(tsa)
    if tsa and (dele.scheme not in {"http", "https"} or not dele.hostname):
        miljoe.advarsler.append("SEGL_TSA er ikke en adresse som http://tsa.eksempel.dk: den bliver ikke brugt.")
        tsa = ""
    miljoe.segl = {"p12": env.get("SEGL_P12", "").strip(), "kode": env.get("SEGL_KODE", ""), "tsa": tsa}


def _laes_noegler(miljoe: Miljoe, tekst: str) -> None:
    for nummer, kodet in enumerate(filter(None, (del_.strip() for del_ in tekst.split(","))), start=1):
        try:
            noegle = base64.b64decode(kodet, validate=True)
        except ValueError:  # also binascii.Error
            noegle = b""
        if len(noegle) == NOEGLE_BYTES:
            miljoe.fortrolighed_noegler.append(noegle)
        else:
            miljoe.fejl.append(f"FORTROLIGHED_NOEGLER: nøgle nummer {nummer} er ikke 32 byte i base64.")


# A statement is planned by the server once per connection, not every time: planning the question of a person's roles
# takes three times as long as answering it (ADR 0020).
FORBEREDT = {"server_side_binding": True, "prepare_threshold": 5}


def _laes_database(miljoe: Miljoe, url: str) -> None:
    dele = _adresse(url)
    if not url:
        miljoe.database = _sqlite(str(miljoe.data_dir / "samarbejde.sqlite3"))
    elif dele.scheme == "sqlite" and not dele.netloc and dele.path.strip("/"):
        miljoe.database = _sqlite(unquote(dele.path))
    elif dele.scheme in {"postgresql", "postgres"} and dele.path.strip("/"):
        valg = {navn: vaerdier[-1] for navn, vaerdier in parse_qs(dele.query).items()}
        miljoe.database = {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(dele.path.strip("/")),
            "USER": unquote(dele.username or valg.pop("user", "")),
            "PASSWORD": unquote(dele.password or ""),
            "HOST": dele.hostname or valg.pop("host", ""),
            "PORT": str(dele.port or valg.pop("port", "")),
            "OPTIONS": valg | FORBEREDT,
            "CONN_MAX_AGE": 600,
            "CONN_HEALTH_CHECKS": True,
        }
    else:
        miljoe.fejl.append("DATABASE_URL skal være sqlite:////sti/fil.sqlite3 eller postgresql://bruger@vært/database.")
        miljoe.database = _sqlite(str(miljoe.data_dir / "samarbejde.sqlite3"))


def _sqlite(sti: str) -> dict[str, object]:
    """WAL and immediate write locks: a reader never waits, a writer waits its turn for up to 20 seconds."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": sti,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
        "TEST": {"NAME": f"{sti}.test"},
    }


def _laes_email(miljoe: Miljoe, url: str) -> None:
    dele = _adresse(url)
    tls = parse_qs(dele.query, keep_blank_values=True).get("tls")
    if not url:
        miljoe.advarsler.append("EMAIL_URL mangler: ingen mail bliver sendt, den venter i postkassen.")
    elif dele.scheme not in MAIL_SKEMAER:
        miljoe.advarsler.append("EMAIL_URL skal begynde med smtp://, smtps://, file:// eller console://.")
    else:
        miljoe.email = {
            "skema": dele.scheme,
            "vaert": dele.hostname or "",
            "port": dele.port or (465 if dele.scheme == "smtps" else 25),
            "bruger": unquote(dele.username or ""),
            "kode": unquote(dele.password or ""),
            "sti": unquote(dele.path),
            "starttls": tls is not None and _ja(tls[-1] or "ja"),
        }
