-- What Orleans' ADO.NET membership asks of PostgreSQL: two tables, and the texts of its queries by their keys.
-- Statements may be run again; the tables and queries of Orleans' own scripts are left as they are.
-- Every change of a row takes the next version of its cluster's table, so a writer that read an older one changes nothing.

CREATE TABLE IF NOT EXISTS OrleansQuery
(
    QueryKey varchar(64) NOT NULL PRIMARY KEY,
    QueryText varchar(8000) NOT NULL
);

CREATE TABLE IF NOT EXISTS OrleansMembershipVersionTable
(
    DeploymentId varchar(150) NOT NULL PRIMARY KEY,
    Timestamp timestamptz(3) NOT NULL DEFAULT now(),
    Version integer NOT NULL DEFAULT 0
);

CREATE TABLE IF NOT EXISTS OrleansMembershipTable
(
    DeploymentId varchar(150) NOT NULL REFERENCES OrleansMembershipVersionTable (DeploymentId),
    Address varchar(45) NOT NULL,
    Port integer NOT NULL,
    Generation integer NOT NULL,
    SiloName varchar(150) NOT NULL,
    HostName varchar(150) NOT NULL,
    Status integer NOT NULL,
    ProxyPort integer NULL,
    SuspectTimes varchar(8000) NULL,
    StartTime timestamptz(3) NOT NULL,
    IAmAliveTime timestamptz(3) NOT NULL,
    PRIMARY KEY (DeploymentId, Address, Port, Generation)
);

INSERT INTO OrleansQuery (QueryKey, QueryText) VALUES
('InsertMembershipVersionKey', '
    WITH added AS
    (
        INSERT INTO OrleansMembershipVersionTable (DeploymentId) VALUES (@DeploymentId)
        ON CONFLICT (DeploymentId) DO NOTHING
        RETURNING 1
    )
    SELECT count(*)::int AS row_count FROM added;
'),
('MembershipReadAllKey', '
    SELECT version.DeploymentId, row.Address, row.Port, row.Generation, row.SiloName, row.HostName, row.Status, row.ProxyPort,
        row.SuspectTimes, row.StartTime, row.IAmAliveTime, version.Version
    FROM OrleansMembershipVersionTable AS version LEFT JOIN OrleansMembershipTable AS row USING (DeploymentId)
    WHERE version.DeploymentId = @DeploymentId;
'),
('MembershipReadRowKey', '
    SELECT version.DeploymentId, row.Address, row.Port, row.Generation, row.SiloName, row.HostName, row.Status, row.ProxyPort,
        row.SuspectTimes, row.StartTime, row.IAmAliveTime, version.Version
    FROM OrleansMembershipVersionTable AS version LEFT JOIN OrleansMembershipTable AS row
        ON row.DeploymentId = version.DeploymentId
        AND row.Address = @Address AND row.Port = @Port AND row.Generation = @Generation
    WHERE version.DeploymentId = @DeploymentId;
'),
('GatewaysQueryKey', '
    SELECT Address, ProxyPort, Generation FROM OrleansMembershipTable
    WHERE DeploymentId = @DeploymentId AND Status = @Status AND ProxyPort > 0;
'),
('InsertMembershipKey', '
    WITH advanced AS
    (
        UPDATE OrleansMembershipVersionTable SET Timestamp = now(), Version = Version + 1
        WHERE DeploymentId = @DeploymentId AND Version = @Version AND NOT EXISTS
        (
            SELECT 1 FROM OrleansMembershipTable
            WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation
        )
        RETURNING DeploymentId
    ),
    added AS
    (
        INSERT INTO OrleansMembershipTable
            (DeploymentId, Address, Port, Generation, SiloName, HostName, Status, ProxyPort, StartTime, IAmAliveTime)
        SELECT DeploymentId, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
        FROM advanced
        RETURNING 1
    )
    SELECT count(*)::int AS row_count FROM added;
'),
('UpdateMembershipKey', '
    WITH advanced AS
    (
        UPDATE OrleansMembershipVersionTable SET Timestamp = now(), Version = Version + 1
        WHERE DeploymentId = @DeploymentId AND Version = @Version AND EXISTS
        (
            SELECT 1 FROM OrleansMembershipTable
            WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation
        )
        RETURNING DeploymentId
    ),
    changed AS
    (
        UPDATE OrleansMembershipTable AS row
        SET Status = @Status, SuspectTimes = @SuspectTimes, IAmAliveTime = @IAmAliveTime
        FROM advanced
        WHERE row.DeploymentId = advanced.DeploymentId
            AND row.Address = @Address AND row.Port = @Port AND row.Generation = @Generation
        RETURNING 1
    )
    SELECT count(*)::int AS row_count FROM changed;
'),
('UpdateIAmAlivetimeKey', '
    UPDATE OrleansMembershipTable SET IAmAliveTime = @IAmAliveTime
    WHERE DeploymentId = @DeploymentId AND Address = @Address AND Port = @Port AND Generation = @Generation;
'),
('DeleteMembershipTableEntriesKey', '
    DELETE FROM OrleansMembershipTable WHERE DeploymentId = @DeploymentId;
    DELETE FROM OrleansMembershipVersionTable WHERE DeploymentId = @DeploymentId;
'),
('CleanupDefunctSiloEntriesKey', '
    DELETE FROM OrleansMembershipTable
    WHERE DeploymentId = @DeploymentId AND IAmAliveTime < @IAmAliveTime AND Status <> 3;
')
ON CONFLICT (QueryKey) DO NOTHING;
