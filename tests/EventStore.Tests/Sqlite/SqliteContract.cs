using Tms.EventStore.Sqlite;
using Tms.EventStore.Tests.Contract;
using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Sqlite;

public sealed class SqliteAppendTests(SqliteStore store) : AppendTests<SqliteStore>(store);

public sealed class SqliteBlobTests(SqliteStore store) : BlobTests<SqliteStore>(store);

public sealed class SqliteBlobCheckTests(SqliteStore store) : BlobCheckTests<SqliteStore>(store);

public sealed class SqliteBlobPersonTests(SqliteStore store) : BlobPersonTests<SqliteStore>(store);

public sealed class SqliteBlobQuotaTests(SqliteStore store) : BlobQuotaTests<SqliteStore>(store);

public sealed class SqliteBlobSweepTests(SqliteStore store) : BlobSweepTests<SqliteStore>(store);

public sealed class SqliteBlobUseTests(SqliteStore store) : BlobUseTests<SqliteStore>(store);

public sealed class SqliteCancellationTests(SqliteStore store) : CancellationTests<SqliteStore>(store);

public sealed class SqliteChainCheckTests(SqliteStore store) : ChainCheckTests<SqliteStore>(store);

public sealed class SqliteChainTests(SqliteStore store) : ChainTests<SqliteStore>(store);

public sealed class SqliteCheckpointTests(SqliteStore store) : CheckpointTests<SqliteStore>(store);

public sealed class SqliteClockTests(SqliteStore store) : ClockTests<SqliteStore>(store);

public sealed class SqliteCommandKeyTests(SqliteStore store) : CommandKeyTests<SqliteStore>(store);

public sealed class SqliteConflictTests(SqliteStore store) : ConflictTests<SqliteStore>(store);

public sealed class SqliteMissingTableTests(SqliteStore store) : MissingTableTests<SqliteStore>(store);

public sealed class SqliteEntriesTests(SqliteStore store) : EntriesTests<SqliteStore>(store);

public sealed class SqliteLineTests(SqliteStore store) : LineTests<SqliteStore>(store);

public sealed class SqliteFoldFaultTests(SqliteStore store) : FoldFaultTests<SqliteStore>(store);

public sealed class SqliteHeadTests(SqliteStore store) : HeadTests<SqliteStore>(store);

public sealed class SqliteHistoryContractTests(SqliteStore store) : HistoryTests<SqliteStore>(store);

public sealed class SqliteKeeperTests(SqliteStore store) : KeeperTests<SqliteStore>(store);

public sealed class SqliteKeptSnapshotTests(SqliteStore store) : KeptSnapshotTests<SqliteStore>(store);

public sealed class SqliteKeyStoreTests(SqliteStore store) : KeyStoreTests<SqliteStore>(store);

public sealed class SqliteModelVersionTests(SqliteStore store) : ModelVersionTests<SqliteStore>(store);

public sealed class SqliteOnceTests(SqliteStore store) : OnceTests<SqliteStore>(store);

public sealed class SqliteNumberTests(SqliteStore store) : NumberTests<SqliteStore>(store);

public sealed class SqlitePageTests(SqliteStore store) : PageTests<SqliteStore>(store);

public sealed class SqlitePartTests(SqliteStore store) : PartTests<SqliteStore>(store);

public sealed class SqlitePartitionTests(SqliteStore store) : PartitionTests<SqliteStore>(store);

public sealed class SqlitePersonTests(SqliteStore store) : PersonTests<SqliteStore>(store);
public sealed class SqlitePersonTraceTests(SqliteStore store) : PersonTraceTests<SqliteStore>(store);

public sealed class SqlitePlanTests(SqliteStore store) : PlanTests<SqliteStore>(store)
{
    [Fact]
    public async Task Where_the_partitions_end_is_a_probe_each()
    {
        var database = Fixture.Explaining();
        await database.Query(SqliteEventReader.EveryHead, r => r.GetInt32(0), Cancel);
        var plan = Assert.Single(await database.Plans());
        Assert.Contains("SEARCH events USING COVERING INDEX events_partition (partition=?)", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("SCAN events", plan, StringComparison.Ordinal);
    }
}

public sealed class SqliteProjectionTests(SqliteStore store) : ProjectionTests<SqliteStore>(store);

public sealed class SqliteReactorCursorTests(SqliteStore store) : ReactorCursorTests<SqliteStore>(store);
public sealed class SqliteReactorEventTests(SqliteStore store) : ReactorEventTests<SqliteStore>(store);

public sealed class SqliteReadTests(SqliteStore store) : ReadTests<SqliteStore>(store);

public sealed class SqliteRebuildTests(SqliteStore store) : RebuildTests<SqliteStore>(store);

public sealed class SqliteRefoldTests(SqliteStore store) : RefoldTests<SqliteStore>(store);

public sealed class SqliteWalkTests(SqliteStore store) : WalkTests<SqliteStore>(store);

public sealed class SqliteRejectionTests(SqliteStore store) : RejectionTests<SqliteStore>(store);

public sealed class SqliteRepeatTests(SqliteStore store) : RepeatTests<SqliteStore>(store);

public sealed class SqliteReservationTests(SqliteStore store) : ReservationTests<SqliteStore>(store);

public sealed class SqliteRestartTests(SqliteStore store) : RestartTests<SqliteStore>(store);

public sealed class SqliteSearchTests(SqliteStore store) : SearchTests<SqliteStore>(store);

public sealed class SqliteSecretTests(SqliteStore store) : SecretTests<SqliteStore>(store);

public sealed class SqliteSignalTests(SqliteStore store) : SignalTests<SqliteStore>(store);

public sealed class SqliteSnapshotTests(SqliteStore store) : SnapshotTests<SqliteStore>(store);

public sealed class SqliteTallyTests(SqliteStore store) : TallyTests<SqliteStore>(store);

public sealed class SqliteToldTests(SqliteStore store) : ToldTests<SqliteStore>(store);

public sealed class SqliteTurnsTests(SqliteStore store) : TurnsTests<SqliteStore>(store);

public sealed class SqliteUnitTests(SqliteStore store) : UnitTests<SqliteStore>(store);

public sealed class SqliteUnusedTableTests(SqliteStore store) : UnusedTableTests<SqliteStore>(store);

public sealed class SqliteUpkeepTests(SqliteStore store) : UpkeepTests<SqliteStore>(store);
