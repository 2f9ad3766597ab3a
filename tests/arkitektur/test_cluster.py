"""The private PostgreSQL of the test run: what was acknowledged survives a crash, and nothing is left behind."""

import psycopg
import pytest

from deploy.cluster import Cluster


def query(cluster, sql):
    with psycopg.connect(cluster.url("postgres"), autocommit=True) as connection:
        cursor = connection.execute(sql)
        return cursor.fetchone() if cursor.description else None


def test_a_crashed_cluster_keeps_what_was_committed():
    with Cluster() as cluster:
        query(cluster, "CREATE TABLE t AS SELECT 7 AS n")
        cluster.crash()
        with pytest.raises(psycopg.OperationalError):
            query(cluster, "SELECT 1")
        cluster.start()
        assert query(cluster, "SELECT n FROM t") == (7,)
        assert query(cluster, "SHOW listen_addresses") == ("",)
        cluster.create("min")
        folder = cluster.folder
    assert not folder.exists()


def test_icu_collation_is_there():
    with Cluster() as cluster:
        query(cluster, "CREATE COLLATION dansk (provider = icu, locale = 'da')")
        sql = "SELECT array_agg(n ORDER BY n COLLATE dansk) FROM unnest(ARRAY['å','ø','æ','z','a']) n"
        assert query(cluster, sql) == (["a", "z", "æ", "ø", "å"],)
