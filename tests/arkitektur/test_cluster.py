"""The private PostgreSQL of the test run: what was acknowledged survives a crash, and nothing is left behind."""

import pytest

from deploy.cluster import Cluster


def test_a_crashed_cluster_keeps_what_was_committed():
    with Cluster() as cluster:
        cluster.query("CREATE TABLE t AS SELECT 7 AS n")
        cluster.crash()
        with pytest.raises(RuntimeError):
            cluster.query("SELECT 1")
        cluster.start()
        assert cluster.query("SELECT n FROM t") == "7"
        assert cluster.query("SHOW listen_addresses") == ""
        cluster.create("min")
        folder = cluster.folder
    assert not folder.exists()


def test_icu_collation_is_there():
    with Cluster() as cluster:
        cluster.query("CREATE COLLATION dansk (provider = icu, locale = 'da')")
        sql = "SELECT array_agg(n ORDER BY n COLLATE dansk) FROM unnest(ARRAY['å','ø','æ','z','a']) n"
        assert cluster.query(sql) == "{a,z,æ,ø,å}"
