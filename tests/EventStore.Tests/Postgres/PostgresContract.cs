using Tms.EventStore.Tests.Contract;
using Tms.EventStore.Tests.Stores;

namespace Tms.EventStore.Tests.Postgres;

public sealed class PostgresAppendTests(PostgresStore store) : AppendTests<PostgresStore>(store);

public sealed class PostgresBlobTests(PostgresStore store) : BlobTests<PostgresStore>(store);

public sealed class PostgresBlobCheckTests(PostgresStore store) : BlobCheckTests<PostgresStore>(store);

public sealed class PostgresBlobPersonTests(PostgresStore store) : BlobPersonTests<PostgresStore>(store);

public sealed class PostgresBlobQuotaTests(PostgresStore store) : BlobQuotaTests<PostgresStore>(store);

public sealed class PostgresBlobSweepTests(PostgresStore store) : BlobSweepTests<PostgresStore>(store);

public sealed class PostgresBlobUseTests(PostgresStore store) : BlobUseTests<PostgresStore>(store);

public sealed class PostgresCancellationTests(PostgresStore store) : CancellationTests<PostgresStore>(store);

public sealed class PostgresChainCheckTests(PostgresStore store) : ChainCheckTests<PostgresStore>(store);

public sealed class PostgresChainTests(PostgresStore store) : ChainTests<PostgresStore>(store);

public sealed class PostgresCheckpointTests(PostgresStore store) : CheckpointTests<PostgresStore>(store);

public sealed class PostgresClockTests(PostgresStore store) : ClockTests<PostgresStore>(store);

public sealed class PostgresCommandKeyTests(PostgresStore store) : CommandKeyTests<PostgresStore>(store);

public sealed class PostgresConflictTests(PostgresStore store) : ConflictTests<PostgresStore>(store);

public sealed class PostgresMissingTableTests(PostgresStore store) : MissingTableTests<PostgresStore>(store);

public sealed class PostgresEntriesTests(PostgresStore store) : EntriesTests<PostgresStore>(store);

public sealed class PostgresLineTests(PostgresStore store) : LineTests<PostgresStore>(store);

public sealed class PostgresFoldFaultTests(PostgresStore store) : FoldFaultTests<PostgresStore>(store);

public sealed class PostgresHeadTests(PostgresStore store) : HeadTests<PostgresStore>(store);

public sealed class PostgresHistoryContractTests(PostgresStore store) : HistoryTests<PostgresStore>(store);

public sealed class PostgresKeeperTests(PostgresStore store) : KeeperTests<PostgresStore>(store);

public sealed class PostgresKeptSnapshotTests(PostgresStore store) : KeptSnapshotTests<PostgresStore>(store);

public sealed class PostgresKeyStoreTests(PostgresStore store) : KeyStoreTests<PostgresStore>(store);

public sealed class PostgresModelVersionTests(PostgresStore store) : ModelVersionTests<PostgresStore>(store);

public sealed class PostgresNumberTests(PostgresStore store) : NumberTests<PostgresStore>(store);

public sealed class PostgresPageTests(PostgresStore store) : PageTests<PostgresStore>(store);

public sealed class PostgresPartTests(PostgresStore store) : PartTests<PostgresStore>(store);

public sealed class PostgresPartitionTests(PostgresStore store) : PartitionTests<PostgresStore>(store);

public sealed class PostgresPersonTests(PostgresStore store) : PersonTests<PostgresStore>(store);
public sealed class PostgresPersonTraceTests(PostgresStore store) : PersonTraceTests<PostgresStore>(store);

public sealed class PostgresPlanTests(PostgresStore store) : PlanTests<PostgresStore>(store);

public sealed class PostgresProjectionTests(PostgresStore store) : ProjectionTests<PostgresStore>(store);

public sealed class PostgresReactorCursorTests(PostgresStore store) : ReactorCursorTests<PostgresStore>(store);
public sealed class PostgresReactorEventTests(PostgresStore store) : ReactorEventTests<PostgresStore>(store);

public sealed class PostgresReadTests(PostgresStore store) : ReadTests<PostgresStore>(store);

public sealed class PostgresRebuildTests(PostgresStore store) : RebuildTests<PostgresStore>(store);

public sealed class PostgresRefoldTests(PostgresStore store) : RefoldTests<PostgresStore>(store);

public sealed class PostgresWalkTests(PostgresStore store) : WalkTests<PostgresStore>(store);

public sealed class PostgresRejectionTests(PostgresStore store) : RejectionTests<PostgresStore>(store);

public sealed class PostgresRepeatTests(PostgresStore store) : RepeatTests<PostgresStore>(store);

public sealed class PostgresReservationTests(PostgresStore store) : ReservationTests<PostgresStore>(store);

public sealed class PostgresRestartTests(PostgresStore store) : RestartTests<PostgresStore>(store);

public sealed class PostgresSearchTests(PostgresStore store) : SearchTests<PostgresStore>(store);

public sealed class PostgresSecretTests(PostgresStore store) : SecretTests<PostgresStore>(store);

public sealed class PostgresSignalTests(PostgresStore store) : SignalTests<PostgresStore>(store);

public sealed class PostgresSnapshotTests(PostgresStore store) : SnapshotTests<PostgresStore>(store);

public sealed class PostgresTallyTests(PostgresStore store) : TallyTests<PostgresStore>(store);

public sealed class PostgresToldTests(PostgresStore store) : ToldTests<PostgresStore>(store);

public sealed class PostgresTurnsTests(PostgresStore store) : TurnsTests<PostgresStore>(store);

public sealed class PostgresUnitTests(PostgresStore store) : UnitTests<PostgresStore>(store);

public sealed class PostgresUnusedTableTests(PostgresStore store) : UnusedTableTests<PostgresStore>(store);

public sealed class PostgresUpkeepTests(PostgresStore store) : UpkeepTests<PostgresStore>(store);
